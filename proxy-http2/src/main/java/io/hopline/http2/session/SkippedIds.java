package io.hopline.http2.session;

/**
 * The ids that a client has passed over: a higher one has closed them, and none of them may be used (RFC 9113 section 5.1.1). Only the
 * last ranges of them are kept.
 */
final class SkippedIds {

    private static final int KEPT = 64;

    private final int[] from = new int[KEPT];
    private final int[] to = new int[KEPT];
    private int next;
    private int expected = 1;

    /** A stream of the client was opened, or would have been but for an error. */
    void used(int id) {
        if (id < expected) {
            return;
        }
        if (id > expected) {
            from[next] = expected;
            to[next] = id;
            next = (next + 1) % KEPT;
        }
        expected = id + 2;
    }

    boolean contains(int id) {
        for (int i = 0; i < KEPT; i++) {
            if (id >= from[i] && id < to[i]) {
                return true;
            }
        }
        return false;
    }
}
