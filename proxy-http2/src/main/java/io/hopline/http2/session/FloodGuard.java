package io.hopline.http2.session;

import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2Exception;

/** Ends a session whose peer sends frames that only cost work, more than anybody needs (CVE-2019-9512, -9515, -9518). */
final class FloodGuard {

    private static final int MOST = 1_000;
    private static final long PERIOD_NANOS = 10_000_000_000L;

    private long began = System.nanoTime();
    private int frames;

    /** Counts a PING, SETTINGS, PRIORITY, empty DATA or unknown frame. */
    void count(String kind) throws Http2Exception {
        long now = System.nanoTime();
        if (now - began > PERIOD_NANOS) {
            began = now;
            frames = 0;
        }
        if (++frames > MOST) {
            throw Http2Exception.connectionError(
                    Http2Error.ENHANCE_YOUR_CALM, "too many %s frames within ten seconds", kind);
        }
    }
}
