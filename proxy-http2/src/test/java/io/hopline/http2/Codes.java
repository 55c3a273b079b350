package io.hopline.http2;

import io.hopline.testkit.stream.StreamPeer.Fault;
import io.netty.handler.codec.http2.Http2Error;

/** The codes of RFC 9113 section 7. */
final class Codes {

    private Codes() {}

    static Http2Error of(Fault fault) {
        return switch (fault) {
            case NONE -> Http2Error.NO_ERROR;
            case PROTOCOL -> Http2Error.PROTOCOL_ERROR;
            case FLOOD -> Http2Error.ENHANCE_YOUR_CALM;
            case FRAME_SIZE -> Http2Error.FRAME_SIZE_ERROR;
            case FLOW_CONTROL -> Http2Error.FLOW_CONTROL_ERROR;
            case CLOSED -> Http2Error.STREAM_CLOSED;
            case REFUSED -> Http2Error.REFUSED_STREAM;
            case CANCEL -> Http2Error.CANCEL;
        };
    }
}
