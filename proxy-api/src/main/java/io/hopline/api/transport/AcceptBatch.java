package io.hopline.api.transport;

import io.netty.channel.DefaultMaxMessagesRecvByteBufAllocator;
import io.netty.util.UncheckedBooleanSupplier;

/**
 * How many connections a listener on an {@link EpollLoop} accepts in one turn: up to as many as the turn before dealt with events, so that
 * new clients wait about as long as those that a busy loop has. One on any other loop.
 *
 * <p>With one a turn, as Netty's epoll has it, new clients of a busy loop wait in the system's queue for turn after turn, and each turn is
 * about too few sockets to have their peers find each other awake. On an idle loop the call that finds nobody waiting would be one more
 * for each connection.
 */
final class AcceptBatch extends DefaultMaxMessagesRecvByteBufAllocator {

    @Override
    public int maxMessagesPerRead() {
        EpollLoop loop = EpollLoop.current();
        return loop == null ? 1 : Math.max(1, loop.handledLast());
    }

    @Override
    public MaxMessageHandle newHandle() {
        return new MaxMessageHandle() {
            @Override
            public int guess() {
                return 1;
            }

            @Override
            public boolean continueReading(UncheckedBooleanSupplier maybeMore) {
                EpollLoop loop = EpollLoop.current();
                if (loop != null) {
                    loop.sendIfDue();
                }
                // Whether there may be more is not known: Netty's answer is about bytes.
                return super.continueReading(UncheckedBooleanSupplier.TRUE_SUPPLIER);
            }
        };
    }
}
