package io.hopline.http2.session;

/**
 * The last streams that we have reset. The peer goes on sending on them until it knows, and that must not be taken for an error
 * (RFC 9113 section 5.1).
 */
final class ResetIds {

    private static final int KEPT = 256;

    private final int[] ids = new int[KEPT];
    private int next;

    void add(int id) {
        ids[next] = id;
        next = (next + 1) % KEPT;
    }

    boolean contains(int id) {
        for (int kept : ids) {
            if (kept == id) {
                return true;
            }
        }
        return false;
    }
}
