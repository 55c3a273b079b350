package io.hopline.api.guard;

import io.netty.channel.EventLoop;

/** Ends an HTTP exchange in which nothing moves, or whose request's body comes too slowly while the proxy waits for it. */
public final class ExchangePace extends Watched {

    /** Long enough for a lost packet or two, and two of them fit into the 30 s that nobody may take. */
    private static final int WINDOW_SECONDS = 15;

    private final Guard guard;
    private final Exchange exchange;
    private int seconds;
    private long bytesBefore;
    private long movedBefore;
    private long quietSeconds;

    private ExchangePace(Guard guard, Exchange exchange) {
        this.guard = guard;
        this.exchange = exchange;
    }

    /** A request and its response on their way. */
    public interface Exchange {
        /** Bytes of the request's body that have come so far. */
        long came();

        /** Changes with whatever moves, either way. */
        long moved();

        /** Whether there is room for more of the request's body, so that only the client can be slow. */
        boolean isAwaited();

        /** The body comes too slowly; nothing is called after this. */
        void tooSlow(String outcome);

        /** Nothing has moved for too long; nothing is called after this. */
        void idle(String outcome);
    }

    /** Looks after the exchange until {@link #end}; on the loop. */
    public static ExchangePace keep(Guard guard, EventLoop loop, Exchange exchange) {
        ExchangePace pace = new ExchangePace(guard, exchange);
        pace.watchOn(loop);
        return pace;
    }

    /** The exchange has ended. */
    public void end() {
        unwatch();
    }

    @Override
    protected void second() {
        long moved = exchange.moved();
        if (moved != movedBefore) {
            movedBefore = moved;
            quietSeconds = 0;
        } else if (++quietSeconds >= guard.limits().exchangeIdle().toSeconds()) {
            unwatch();
            guard.count(GuardEvent.EXCHANGE_IDLE);
            exchange.idle("nothing moved for " + quietSeconds + " s");
            return;
        }
        if (exchange.isAwaited() && ++seconds >= WINDOW_SECONDS) {
            pace();
        }
    }

    private void pace() {
        long bytes = exchange.came();
        if (bytes - bytesBefore < (long) guard.limits().minBodyRate() * WINDOW_SECONDS) {
            unwatch();
            guard.count(GuardEvent.SLOW_BODY);
            exchange.tooSlow(
                    "the request's body came with less than " + guard.limits().minBodyRate() + " bytes a second");
        }
        bytesBefore = bytes;
        seconds = 0;
    }
}
