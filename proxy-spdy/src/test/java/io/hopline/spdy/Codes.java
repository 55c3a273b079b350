package io.hopline.spdy;

import io.hopline.testkit.stream.StreamPeer.Fault;
import io.netty.handler.codec.spdy.SpdyStreamStatus;

/** The codes of SPDY/3.1 sections 2.4.2 and 2.6.6. */
final class Codes {

    private Codes() {}

    static SpdyStreamStatus ofStream(Fault fault) {
        return switch (fault) {
            case PROTOCOL, FLOOD, FRAME_SIZE -> SpdyStreamStatus.PROTOCOL_ERROR;
            case FLOW_CONTROL -> SpdyStreamStatus.FLOW_CONTROL_ERROR;
            case CLOSED -> SpdyStreamStatus.STREAM_ALREADY_CLOSED;
            case REFUSED -> SpdyStreamStatus.REFUSED_STREAM;
            case NONE, CANCEL -> SpdyStreamStatus.CANCEL;
        };
    }

    static int ofSession(Fault fault) {
        return switch (fault) {
            case NONE -> 0;
            case FLOW_CONTROL -> 7;
            default -> 1;
        };
    }
}
