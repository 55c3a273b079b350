package io.hopline.spdy.session;

import java.util.concurrent.TimeUnit;

/** How many frames of the kind that cost a peer less than they cost us are taken within a time: pings, resets, settings, empty data. */
final class Allowance {

    private static final int MOST = 500;
    private static final long PERIOD_NANOS = TimeUnit.SECONDS.toNanos(10);

    private long sinceNanos = System.nanoTime();
    private int taken;

    /** Counts one more; no if that is too much. */
    boolean take() {
        long now = System.nanoTime();
        if (now - sinceNanos >= PERIOD_NANOS) {
            sinceNanos = now;
            taken = 0;
        }
        return ++taken <= MOST;
    }
}
