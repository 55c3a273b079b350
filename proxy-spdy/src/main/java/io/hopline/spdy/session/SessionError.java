package io.hopline.spdy.session;

import io.netty.handler.codec.spdy.SpdySessionStatus;

/** What ends a whole session, with the status that GOAWAY tells the peer (SPDY/3.1 section 2.6.6). */
enum SessionError {
    OK(0),
    PROTOCOL(1),
    INTERNAL(2),
    FLOW_CONTROL(7);

    private final int code;

    SessionError(int code) {
        this.code = code;
    }

    SpdySessionStatus status() {
        return SpdySessionStatus.valueOf(code);
    }
}
