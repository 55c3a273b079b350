package io.hopline.connect;

import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http.HttpConstants;
import java.net.ProtocolException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the head of a reply to CONNECT line by line, to the letter of RFC 9112 and not a byte further. */
final class ReplyReader {

    private static final Pattern STATUS_LINE =
            Pattern.compile("HTTP/1\\.[01] ([1-9]\\d\\d)(?: ([\\t -~\\x80-\\xFF]*))?");
    /** Without the blanks around the value, which a pattern could tell apart in as many ways as there are blanks. */
    private static final Pattern FIELD = Pattern.compile("([!#$%&'*+.^_`|~0-9A-Za-z-]++):([\\t -~\\x80-\\xFF]*+)");

    private final int limit;
    private final Map<String, String> fields = new HashMap<>();
    private int size;
    private int searched;
    private int status;
    private String reason = "";

    /** @param limit bytes of all heads together, interim ones included */
    ReplyReader(int limit) {
        this.limit = limit;
    }

    /** Whether a final head (RFC 9110 section 15) is read to its end; consumes whole lines of it only. */
    boolean read(ByteBuf in) throws ProtocolException {
        for (int end = lineEnd(in); end >= 0; end = lineEnd(in)) {
            String line = line(in, end);
            if (status == 0) {
                startLine(line);
            } else if (!line.isEmpty()) {
                field(line);
            } else if (status >= 200) {
                return true;
            } else {
                status = 0;
                fields.clear();
            }
        }
        return false;
    }

    int status() {
        return status;
    }

    String reason() {
        return reason;
    }

    /** The value of a field by its name in lower case; empty if there is none. */
    String field(CharSequence lowerCaseName) {
        return fields.getOrDefault(lowerCaseName.toString(), "");
    }

    private int lineEnd(ByteBuf in) throws ProtocolException {
        int feed = in.indexOf(in.readerIndex() + searched, in.writerIndex(), HttpConstants.LF);
        searched = feed < 0 ? in.readableBytes() : 0;
        if (size + (feed < 0 ? in.readableBytes() : feed - in.readerIndex()) > limit) {
            throw new ProtocolException("its reply is longer than " + limit + " bytes");
        }
        return feed;
    }

    private String line(ByteBuf in, int feed) throws ProtocolException {
        int length = feed - in.readerIndex();
        if (length == 0 || in.getByte(feed - 1) != HttpConstants.CR) {
            throw new ProtocolException("a line of its reply does not end in CR LF");
        }
        size += length + 1;
        String line = in.toString(in.readerIndex(), length - 1, StandardCharsets.ISO_8859_1);
        in.readerIndex(feed + 1);
        return line;
    }

    private void startLine(String line) throws ProtocolException {
        Matcher matcher = STATUS_LINE.matcher(line);
        if (!matcher.matches()) {
            throw new ProtocolException("its reply is not one of HTTP/1.1");
        }
        status = Integer.parseInt(matcher.group(1));
        reason = matcher.group(2) == null ? "" : matcher.group(2);
        if (status == 101) {
            throw new ProtocolException("it switches protocols, which nobody asked for");
        }
    }

    private void field(String line) throws ProtocolException {
        Matcher matcher = FIELD.matcher(line);
        if (!matcher.matches()) {
            throw new ProtocolException("its reply has a malformed header field");
        }
        fields.put(matcher.group(1).toLowerCase(Locale.ROOT), withoutBlanks(matcher.group(2)));
    }

    /** Without leading and trailing spaces and tabs (RFC 9110 section 5.5). */
    private static String withoutBlanks(String value) {
        int from = 0;
        int to = value.length();
        while (from < to && isBlank(value.charAt(from))) {
            from++;
        }
        while (from < to && isBlank(value.charAt(to - 1))) {
            to--;
        }
        return value.substring(from, to);
    }

    private static boolean isBlank(char c) {
        return c == ' ' || c == '\t';
    }
}
