package io.hopline.api.transport;

import io.netty.channel.DefaultMaxMessagesRecvByteBufAllocator;
import io.netty.util.UncheckedBooleanSupplier;

/**
 * How many connections a listener accepts in one turn of its loop: one, as Netty does, or all that wait, up to a limit, where the loop is
 * an {@link EpollLoop} with more to do.
 *
 * <p>With one a turn, most of a busy loop's clients wait in the system's queue, and each turn is about too few sockets to have their
 * peers find each other awake. On an idle loop the call that finds nobody waiting would be one more for each connection.
 */
final class AcceptBatch extends DefaultMaxMessagesRecvByteBufAllocator {

    private static final int MOST = 16;

    AcceptBatch() {
        super(MOST);
    }

    @Override
    @SuppressWarnings("deprecation") // Netty has no other type for it.
    public Handle newHandle() {
        return new MaxMessageHandle() {
            @Override
            public int guess() {
                return 1;
            }

            @Override
            public boolean continueReading(UncheckedBooleanSupplier maybeMore) {
                EpollLoop loop = EpollLoop.current();
                // Whether there may be more is not known: Netty's answer is about bytes.
                return loop != null && loop.gathers() && super.continueReading(UncheckedBooleanSupplier.TRUE_SUPPLIER);
            }
        };
    }
}
