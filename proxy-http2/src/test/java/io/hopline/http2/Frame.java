package io.hopline.http2;

import io.hopline.testkit.Wire;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** A frame as it came (RFC 9113 section 4.1). */
record Frame(int type, int flags, int id, ByteBuffer payload) {

    static Frame read(Wire wire) throws IOException {
        ByteBuffer head = ByteBuffer.wrap(wire.read(9));
        int length = head.getInt(0) >>> 8;
        ByteBuffer payload = length == 0 ? ByteBuffer.allocate(0) : ByteBuffer.wrap(wire.read(length));
        return new Frame(head.get(3), head.get(4), head.getInt(5), payload);
    }

    boolean ends() {
        return (flags & Peer.END_STREAM) != 0;
    }

    /** The error that a RST_STREAM or GOAWAY tells, or what a WINDOW_UPDATE adds. */
    int code() {
        return type == Peer.GOAWAY ? payload.getInt(4) : payload.getInt(0);
    }

    String text() {
        return StandardCharsets.US_ASCII.decode(payload.duplicate()).toString();
    }
}
