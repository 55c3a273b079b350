package io.hopline.connect.http1;

import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http.HttpConstants;

/** What Netty's decoder lets pass around the words of a start line, and nobody else should (RFC 9112 sections 2.2, 3 and 4). */
public final class StartLine {

    private static final int FIRST_VISIBLE = 0x21;

    private StartLine() {}

    /**
     * Skips empty lines before a request.
     *
     * @return whether there is more than the first half of another
     */
    static boolean skipEmptyLines(ByteBuf in) {
        int at = in.readerIndex();
        while (in.writerIndex() - at > 1
                && in.getByte(at) == HttpConstants.CR
                && in.getByte(at + 1) == HttpConstants.LF) {
            at += 2;
        }
        in.readerIndex(at);
        int left = in.readableBytes();
        return left > 1 || (left == 1 && in.getByte(at) != HttpConstants.CR);
    }

    /** Whether the first byte can't be a start line's; there is one. */
    public static boolean beginsWrongly(ByteBuf in) {
        return in.getUnsignedByte(in.readerIndex()) < FIRST_VISIBLE;
    }

    /**
     * Requires one space, and nothing else, between two words.
     *
     * @param at just behind the first of them
     * @throws IllegalArgumentException if there is anything else
     */
    public static void requireOneSpace(byte[] line, int at) {
        boolean one = at + 1 < line.length && line[at] == HttpConstants.SP && line[at + 1] > HttpConstants.SP;
        if (!one) {
            throw new IllegalArgumentException("the words of the start line have not just one space in between");
        }
    }
}
