package io.hopline.spdy.session;

import java.util.concurrent.TimeUnit;

/**
 * What a peer may send on one stream: credited as data is consumed, and widened while its reader keeps up, so that a window covers
 * what is read in {@value #COVERED_MILLIS} ms.
 */
final class ReceiveWindow {

    private static final int COVERED_MILLIS = 200;

    /** Credit is given once a quarter of the window is used, so that three quarters are always open to a peer that is read at once. */
    private static final int PARTS = 4;

    private static final long PART_NANOS = TimeUnit.MILLISECONDS.toNanos(COVERED_MILLIS / PARTS);

    private final ReceiveBudget budget;
    private final int max;
    private int share;
    private int size;
    private int open;
    private int consumed;
    private long creditedNanos = System.nanoTime();

    ReceiveWindow(ReceiveBudget budget, int max) {
        this.budget = budget;
        this.max = max;
        this.size = SendWindow.INITIAL;
        this.open = SendWindow.INITIAL;
        budget.opened();
        // The protocol lets the peer send as much anyway.
        this.share = budget.take(SendWindow.INITIAL);
    }

    /** Counts data that arrived; no if the peer has sent more than the window lets it. */
    boolean arrived(int bytes) {
        open -= bytes;
        return open >= 0;
    }

    /** Counts data that its reader took; returns the credit that is due, 0 if that is too little for a frame. */
    int consumed(int bytes) {
        consumed += bytes;
        if (consumed < size / PARTS) {
            return 0;
        }
        long now = System.nanoTime();
        if (now - creditedNanos < PART_NANOS) {
            int wider = budget.take(Math.min(size, max - size));
            share += wider;
            size += wider;
            consumed += wider;
        }
        creditedNanos = now;
        int credit = consumed;
        open += credit;
        consumed = 0;
        return credit;
    }

    /** Gives the stream's share of the budget back. */
    void close() {
        budget.closed(share);
    }
}
