package io.hopline.spdy;

import io.hopline.api.Recognizer;
import io.netty.buffer.ByteBuf;

/** Knows a client of SPDY by its first bytes: a control frame of version 3, or of 2, which is told that it is too old. */
final class Recognition implements Recognizer {

    private static final int CONTROL = 0x80;

    @Override
    public Match match(ByteBuf first) {
        int at = first.readerIndex();
        if (first.getUnsignedByte(at) != CONTROL) {
            return Match.NO;
        }
        if (first.readableBytes() < 2) {
            return Match.MORE;
        }
        int version = first.getUnsignedByte(at + 1);
        return version == 2 || version == 3 ? Match.YES : Match.NO;
    }
}
