package io.hopline.connect.http1;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.DecoderResult;
import io.netty.handler.codec.http.DefaultLastHttpContent;
import io.netty.handler.codec.http.HttpConstants;
import io.netty.handler.codec.http.LastHttpContent;
import java.util.List;

/** Finds fields that are folded over several lines, which the decoder would silently unfold (RFC 9112 section 5.2). */
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

    /**
     * Puts a broken end in place of trailers that are folded.
     *
     * @param in stands behind what one step of the decoder has read in a body
     * @param from where that step began
     * @param out what has been decoded
     * @param before how much of it there was before that step
     * @return whether they are
     */
    public static boolean refusedInTrailers(ByteBuf in, int from, List<Object> out, int before) {
        // A step that reads a body's bytes hands them out; one that doesn't has read lines.
        boolean lines = out.size() == before
                || (out.get(before) instanceof LastHttpContent end
                        && !end.content().isReadable());
        if (!lines || !anyLineIsFolded(in, from)) {
            return false;
        }
        out.subList(before, out.size()).clear();
        LastHttpContent broken = new DefaultLastHttpContent(Unpooled.EMPTY_BUFFER);
        broken.setDecoderResult(
                DecoderResult.failure(new IllegalArgumentException("a trailer starts with white space")));
        out.add(broken);
        return true;
    }

    private static boolean anyLineIsFolded(ByteBuf in, int from) {
        int end = in.readerIndex();
        int line = from;
        while (line < end) {
            if (in.getByte(line) == HttpConstants.SP || in.getByte(line) == HttpConstants.HT) {
                return true;
            }
            int feed = in.indexOf(line, end, HttpConstants.LF);
            line = feed < 0 ? end : feed + 1;
        }
        return false;
    }
}
