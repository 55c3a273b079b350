package io.hopline.spdy.http;

import io.hopline.spdy.session.StreamHead;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMessage;
import io.netty.handler.codec.spdy.DefaultSpdyHeaders;
import io.netty.handler.codec.spdy.SpdyHeaders;
import io.netty.util.ReferenceCountUtil;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Header fields in a header block: names in lower case, those of the start line with a colon, none that concern a connection. */
final class Fields {

    /** The longest value that a header block can hold. */
    private static final int LONGEST = 0xFFFF;

    /** What SPDY/3 section 3.2.1 forbids, and what HTTP/1.1 says of the connection alone. */
    private static final Set<String> OF_CONNECTION =
            Set.of("connection", "host", "keep-alive", "proxy-connection", "transfer-encoding", "upgrade");

    private Fields() {}

    /**
     * The one value of a field of the start line.
     *
     * @throws MalformedException if there is none, or more than one
     */
    static String only(StreamHead head, CharSequence name) throws MalformedException {
        List<String> values = head.headers().getAllAsString(name);
        if (values.size() != 1 || values.get(0).isEmpty()) {
            throw new MalformedException(values.isEmpty() ? name + " is missing" : name + " has no single value");
        }
        return values.get(0);
    }

    /**
     * Copies the fields of a block into a message.
     *
     * @throws MalformedException if one has a name or a value that it can't have
     */
    static void read(SpdyHeaders from, HttpHeaders to) throws MalformedException {
        Iterator<Map.Entry<String, String>> all = from.iteratorAsString();
        while (all.hasNext()) {
            Map.Entry<String, String> field = all.next();
            String name = field.getKey();
            if (!name.equals(name.toLowerCase(Locale.ROOT))) {
                throw new MalformedException("the name of a header field is not in lower case");
            }
            if (name.charAt(0) != ':' && !OF_CONNECTION.contains(name)) {
                add(to, name, field.getValue());
            }
        }
    }

    private static void add(HttpHeaders to, String name, String value) throws MalformedException {
        try {
            to.add(name, asHttp1(value));
        } catch (IllegalArgumentException e) {
            throw new MalformedException("a header field has a name or a value that it can't have");
        }
    }

    /** The codec reads UTF-8; HTTP/1.1 has a character for each byte, and so nothing is lost on the way. */
    private static String asHttp1(String value) {
        return value.chars().allMatch(c -> c < 0x80)
                ? value
                : new String(value.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
    }

    /**
     * Copies the fields of a message into a block.
     *
     * @throws IllegalArgumentException if a block can't hold one of them; the message is released then
     */
    static SpdyHeaders write(HttpMessage from) {
        try {
            return write(from.headers());
        } catch (IllegalArgumentException e) {
            ReferenceCountUtil.release(from);
            throw e;
        }
    }

    /** @throws IllegalArgumentException if a block can't hold one of them */
    static SpdyHeaders write(HttpHeaders from) {
        SpdyHeaders to = new DefaultSpdyHeaders(false);
        Iterator<Map.Entry<CharSequence, CharSequence>> all = from.iteratorCharSequence();
        while (all.hasNext()) {
            Map.Entry<CharSequence, CharSequence> field = all.next();
            String name = field.getKey().toString().toLowerCase(Locale.ROOT);
            if (!OF_CONNECTION.contains(name)) {
                to.add(name, field.getValue());
            }
        }
        for (CharSequence name : to.names()) {
            int length = to.getAll(name).stream()
                    .mapToInt(value -> value.length() + 1)
                    .sum();
            if (length > LONGEST) {
                throw new IllegalArgumentException("the field " + name + " is too long for SPDY");
            }
        }
        return to;
    }
}
