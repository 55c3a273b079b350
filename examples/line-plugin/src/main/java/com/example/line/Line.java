package com.example.line;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** The protocol's lines: printable ASCII, at most 300 bytes, ended by a line feed. */
final class Line {

    static final String DIAL = "DIAL ";
    static final String OK = "OK";
    static final String NO = "NO ";

    private static final int LONGEST = 300;

    private Line() {}

    /** Takes one line out of the bytes; empty if its end has not come yet. */
    static Optional<String> read(ByteBuf in) throws MalformedLineException {
        int end = in.indexOf(in.readerIndex(), in.writerIndex(), (byte) '\n');
        int length = (end < 0 ? in.writerIndex() : end) - in.readerIndex();
        if (length > LONGEST) {
            throw new MalformedLineException("a line of more than " + LONGEST + " bytes");
        }
        if (end < 0) {
            return Optional.empty();
        }
        String line = in.readString(length, StandardCharsets.US_ASCII);
        in.skipBytes(1);
        if (!line.chars().allMatch(c -> c >= ' ' && c < 0x7F)) {
            throw new MalformedLineException("a line that is not printable ASCII");
        }
        return Optional.of(line);
    }

    /** The line, cut at what the protocol allows. */
    static ByteBuf write(String line) {
        String cut = line.substring(0, Math.min(line.length(), LONGEST));
        return Unpooled.copiedBuffer(cut + "\n", StandardCharsets.US_ASCII);
    }
}
