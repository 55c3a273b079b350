package io.hopline.connect.http1;

import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http.HttpConstants;
import io.netty.handler.codec.http.HttpVersion;
import org.jspecify.annotations.Nullable;

/** What Netty's decoder lets pass around the words of a start line, and nobody else should (RFC 9112 sections 2.2, 3 and 4). */
public final class StartLine {

    private static final int FIRST_VISIBLE = 0x21;
    private static final int STATUS_END = "HTTP/1.1 200".length();

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

    /**
     * Requires a version of HTTP at a request line's end.
     *
     * @param length how many bytes are left of the line
     * @throws IllegalArgumentException if there is anything else
     */
    static void requireHttp(byte[] line, int start, int length) {
        if (length != 8
                || line[start] != 'H'
                || line[start + 1] != 'T'
                || line[start + 2] != 'T'
                || line[start + 3] != 'P') {
            throw new IllegalArgumentException("the request line does not end in HTTP/1.0 or HTTP/1.1");
        }
    }

    /** The text of the version that most messages have, if it stands here; null if anything else does. */
    public static @Nullable String http11(byte[] line, int start, int length) {
        String usual = HttpVersion.HTTP_1_1.text();
        if (length != usual.length()) {
            return null;
        }
        for (int i = 0; i < length; i++) {
            if (line[start + i] != usual.charAt(i)) {
                return null;
            }
        }
        return usual;
    }

    /**
     * Whether it begins a response of HTTP/1 as far as it goes: a space stands behind the status, or the line ends there, as many servers
     * leave that space out where no reason follows (RFC 9112 section 4).
     */
    public static boolean endsStatus(ByteBuf in) {
        if (in.readableBytes() <= STATUS_END) {
            return true;
        }
        byte behind = in.getByte(in.readerIndex() + STATUS_END);
        return behind == HttpConstants.SP || behind == HttpConstants.CR;
    }

    /** Whether it is a status of HTTP: three digits, from 100 to 599 (RFC 9110 section 15). */
    public static boolean isStatus(String text) {
        return text.length() == 3
                && isBetween('1', text.charAt(0), '5')
                && isBetween('0', text.charAt(1), '9')
                && isBetween('0', text.charAt(2), '9');
    }

    /** Whether it may stand behind a status: no control byte but tabs (RFC 9112 section 4). */
    public static boolean isReason(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c != '\t' && !isBetween(' ', c, '~') && !isBetween('\u0080', c, '\u00FF')) {
                return false;
            }
        }
        return true;
    }

    private static boolean isBetween(char least, char c, char most) {
        return least <= c && c <= most;
    }
}
