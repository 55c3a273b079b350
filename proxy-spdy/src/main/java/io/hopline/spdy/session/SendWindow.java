package io.hopline.spdy.session;

/** How many bytes of data the peer takes, for one stream or for a session; negative once SETTINGS has lowered it below what was sent. */
final class SendWindow {

    /** What every window starts with (SPDY/3 section 2.6.8). */
    static final int INITIAL = 64 * 1024;

    private static final long UNLIMITED = Long.MAX_VALUE;

    private long size;

    private SendWindow(long size) {
        this.size = size;
    }

    static SendWindow of(int size) {
        return new SendWindow(size);
    }

    /** A window that never closes. */
    static SendWindow unlimited() {
        return new SendWindow(UNLIMITED);
    }

    /** Bytes that may go out now. */
    int open() {
        return (int) Math.max(0, Math.min(size, Integer.MAX_VALUE));
    }

    void take(int bytes) {
        if (size != UNLIMITED) {
            size -= bytes;
        }
    }

    /** Changes the size; no if it would grow beyond 2^31-1, which the peer must not do. */
    boolean change(int delta) {
        if (size != UNLIMITED) {
            size += delta;
        }
        return size == UNLIMITED || size <= Integer.MAX_VALUE;
    }
}
