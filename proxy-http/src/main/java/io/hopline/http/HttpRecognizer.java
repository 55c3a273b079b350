package io.hopline.http;

import io.hopline.api.Recognizer;
import io.netty.buffer.ByteBuf;

/** Knows HTTP/1.1 by its request line: a method in capitals, a space, and a target (RFC 9112 section 3). */
final class HttpRecognizer implements Recognizer {

    private static final int LONGEST = 23;

    @Override
    public Match match(ByteBuf first) {
        int length = Math.min(first.readableBytes(), LONGEST + 1);
        for (int i = 0; i < length; i++) {
            byte b = first.getByte(first.readerIndex() + i);
            if (b == ' ' && i > 0) {
                return target(first, i + 1);
            }
            boolean capital = (b >= 'A' && b <= 'Z') || (b == '-' && i > 0) || (b == '_' && i > 0);
            if (!capital) {
                return Match.NO;
            }
        }
        return length > LONGEST ? Match.NO : Match.MORE;
    }

    private static Match target(ByteBuf first, int at) {
        if (first.readableBytes() <= at) {
            return Match.MORE;
        }
        byte b = first.getByte(first.readerIndex() + at);
        return b > ' ' && b < 0x7F ? Match.YES : Match.NO;
    }
}
