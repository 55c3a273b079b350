package io.hopline.http2.session;

import io.netty.handler.codec.http2.DefaultHttp2LocalFlowController;
import io.netty.handler.codec.http2.Http2Connection;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2Stream;

/**
 * How much the peer may send. A stream's window opens as its bytes are consumed, that of the connection as they arrive: a stream
 * that nobody reads holds up none of the others, and holds no more than its window.
 *
 * <p>A stream starts with a small window, which doubles each time that a windowful was consumed, as long as the session's budget
 * lasts: so a fast stream fills a long path, and many stuck ones hold little.
 */
final class ReceiveWindows {

    /** Credit is given once a quarter of a window is used, so that three quarters are always open to a peer that is read at once. */
    private static final float UPDATE_AT = 0.75f;

    private final DefaultHttp2LocalFlowController controller;
    private final int max;
    private final int maxStreams;
    private int budget;
    private int streams;

    ReceiveWindows(Http2Connection connection, SessionSettings settings) {
        this.controller = new DefaultHttp2LocalFlowController(connection, UPDATE_AT, true);
        this.max = settings.maxWindow();
        this.maxStreams = settings.maxStreams();
        this.budget = settings.windowBudget();
        connection.local().flowController(controller);
    }

    /** Opens the connection's window wide; to be called behind the first SETTINGS. */
    void open(Http2Connection connection) throws Http2Exception {
        long wanted = Math.min(2L * max, Integer.MAX_VALUE);
        Http2Stream all = connection.connectionStream();
        int delta = (int) (wanted - controller.initialWindowSize(all));
        if (delta > 0) {
            controller.incrementWindowSize(all, delta);
        }
    }

    /** Bytes of the stream were consumed. */
    void consumed(Http2Stream stream, Growth growth, int bytes) throws Http2Exception {
        growth.consumed += bytes;
        int window = controller.initialWindowSize(stream);
        if (growth.consumed >= window && window > 0) {
            growth.consumed = 0;
            int more = Math.min(Math.min(window, max - window), budget);
            if (more > 0) {
                budget -= more;
                growth.grown += more;
                controller.incrementWindowSize(stream, more);
            }
        }
        controller.consumeBytes(stream, bytes);
    }

    /** A stream has a window, be it over or not, until its channel is closed, which holds what was not read. */
    void opened() {
        streams++;
    }

    /** The stream holds nothing any more; what its window had grown is there for others. */
    void closed(Growth growth) {
        streams--;
        budget += growth.grown;
    }

    /** Whether there may be another stream beside those that are under way, and those that are over and not yet read. */
    boolean hasRoom() {
        return streams < maxStreams;
    }

    /** What is known of one stream. */
    static final class Growth {
        private long consumed;
        private int grown;
    }
}
