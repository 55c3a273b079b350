package io.hopline.spdy.session;

import io.netty.handler.codec.spdy.SpdyStreamStatus;
import java.io.IOException;

/** A stream that did not come to a clean end; carries no stack trace, since it reports on the network. */
final class StreamResetException extends IOException {

    private static final long serialVersionUID = 1L;

    private final transient boolean refused;

    private StreamResetException(String message, boolean refused) {
        super(message);
        this.refused = refused;
    }

    static StreamResetException of(SpdyStreamStatus status) {
        return new StreamResetException(
                "stream reset: " + status.statusPhrase(), status.equals(SpdyStreamStatus.REFUSED_STREAM));
    }

    static StreamResetException notTaken() {
        return new StreamResetException("the peer ended the session before it took the stream", true);
    }

    static StreamResetException broken(String why) {
        return new StreamResetException(why, false);
    }

    static StreamResetException ended(String why) {
        return new StreamResetException("SPDY session ended: " + why, false);
    }

    /** Whether the peer has done nothing with the stream, so that the same may be asked again on another session. */
    boolean refused() {
        return refused;
    }

    @Override
    public synchronized Throwable fillInStackTrace() {
        return this;
    }
}
