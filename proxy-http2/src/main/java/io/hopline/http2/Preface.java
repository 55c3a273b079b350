package io.hopline.http2;

import io.hopline.api.Recognizer;
import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;

/** Knows HTTP/2 by the 24 bytes that every client starts with (RFC 9113 section 3.4). */
enum Preface implements Recognizer {
    INSTANCE;

    private static final byte[] BYTES = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

    /** No method of HTTP/1.1 is called so (RFC 9113 section 11.4). */
    @Override
    public boolean isCertain() {
        return true;
    }

    @Override
    public Match match(ByteBuf first) {
        int length = Math.min(first.readableBytes(), BYTES.length);
        for (int i = 0; i < length; i++) {
            if (first.getByte(first.readerIndex() + i) != BYTES[i]) {
                return Match.NO;
            }
        }
        return length == BYTES.length ? Match.YES : Match.MORE;
    }
}
