package com.example.line;

import io.hopline.api.Recognizer;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;

/** Tells the protocol by its first word. */
final class LineRecognizer implements Recognizer {

    private static final ByteBuf START = Unpooled.unreleasableBuffer(
                    Unpooled.copiedBuffer(Line.DIAL, StandardCharsets.US_ASCII))
            .asReadOnly();

    /** HTTP takes any word for a method, but has none of this name. */
    @Override
    public boolean isCertain() {
        return true;
    }

    @Override
    public Match match(ByteBuf first) {
        int length = Math.min(first.readableBytes(), START.readableBytes());
        if (!ByteBufUtil.equals(first, first.readerIndex(), START, START.readerIndex(), length)) {
            return Match.NO;
        }
        return length == START.readableBytes() ? Match.YES : Match.MORE;
    }
}
