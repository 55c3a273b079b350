package io.hopline.connect.http1;

import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http.HttpConstants;

/** Finds header fields that are folded over several lines, which the decoder would silently unfold (RFC 9112 section 5.2). */
public final class Folding {

    private Folding() {}

    /**
     * Whether a line starts with white space, up to the head's end or as far as there are bytes.
     *
     * @param in stands at the start of a line
     * @param inFields whether the start line was read already, so that an empty line is the head's end
     */
    public static boolean in(ByteBuf in, boolean inFields) {
        int end = in.writerIndex();
        int line = in.readerIndex();
        boolean pastStartLine = inFields;
        while (line < end) {
            byte first = in.getByte(line);
            if (first == HttpConstants.SP || first == HttpConstants.HT) {
                return true;
            }
            int feed = in.indexOf(line, end, HttpConstants.LF);
            boolean empty = first == HttpConstants.CR && feed == line + 1;
            if (feed < 0 || (empty && pastStartLine)) {
                return false;
            }
            pastStartLine |= !empty;
            line = feed + 1;
        }
        return false;
    }
}
