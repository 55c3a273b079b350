package io.hopline.api.transport;

import io.netty.channel.DefaultMaxMessagesRecvByteBufAllocator;
import io.netty.util.UncheckedBooleanSupplier;

/**
 * How many connections a listener accepts in one turn of its loop: up to as many as the last turn was about sockets, so that new clients
 * take no more than half of a busy loop, and wait no longer than the others. One, as everywhere else, where the loop is no
 * {@link EpollLoop}.
 *
 * <p>With one a turn, as Netty does, new clients of a busy loop wait in the system's queue for turn after turn, and each turn is about
 * too few sockets to have their peers find each other awake. On an idle loop the call that finds nobody waiting would be one more for
 * each connection.
 */
final class AcceptBatch extends DefaultMaxMessagesRecvByteBufAllocator {

    @Override
    public int maxMessagesPerRead() {
        EpollLoop loop = EpollLoop.current();
        return loop == null ? 1 : Math.max(1, loop.handledLast());
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
                // Whether there may be more is not known: Netty's answer is about bytes.
                return super.continueReading(UncheckedBooleanSupplier.TRUE_SUPPLIER);
            }
        };
    }
}
