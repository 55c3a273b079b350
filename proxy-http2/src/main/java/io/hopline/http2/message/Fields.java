package io.hopline.http2.message;

import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http2.DefaultHttp2Headers;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.util.AsciiString;
import java.util.Iterator;
import java.util.Map;
import java.util.Set;

/** Header fields in HTTP/1.1's form and in HTTP/2's. */
final class Fields {

    private static final int MOST = 32;

    /** What concerns one connection, and Host, which HTTP/2 has as {@code :authority} (RFC 9113 sections 8.2.2 and 8.3.1). */
    private static final Set<AsciiString> DROPPED = Set.of(
            HttpHeaderNames.CONNECTION,
            AsciiString.cached("keep-alive"),
            AsciiString.cached("proxy-connection"),
            HttpHeaderNames.TRANSFER_ENCODING,
            HttpHeaderNames.UPGRADE,
            AsciiString.cached("http2-settings"),
            HttpHeaderNames.HOST);

    private Fields() {}

    /**
     * The fields without pseudo-header fields; crumbs of a cookie are put together again (RFC 9113 section 8.2.3).
     *
     * @throws MalformedException if a value holds what no value can
     */
    static HttpHeaders toHttp1(Http2Headers from) throws MalformedException {
        HttpHeaders to = new DefaultHttpHeaders();
        StringBuilder cookie = null;
        for (Map.Entry<CharSequence, CharSequence> field : from) {
            CharSequence name = field.getKey();
            if (name.length() > 0 && name.charAt(0) == ':') {
                continue;
            }
            if (HttpHeaderNames.COOKIE.contentEquals(name)) {
                cookie = cookie == null ? new StringBuilder() : cookie.append("; ");
                cookie.append(field.getValue());
                continue;
            }
            add(to, name, field.getValue());
        }
        if (cookie != null) {
            add(to, HttpHeaderNames.COOKIE, cookie.toString());
        }
        return to;
    }

    private static void add(HttpHeaders to, CharSequence name, CharSequence value) throws MalformedException {
        try {
            String text = value.toString();
            if (!text.isEmpty() && text.charAt(text.length() - 1) <= ' ') {
                // RFC 9113 section 8.2.1; the decoder has looked at the start alone.
                throw new MalformedException("a field's value ends in white space");
            }
            to.add(name, text);
        } catch (IllegalArgumentException e) {
            throw new MalformedException("a field's value holds what no value can");
        }
    }

    /** Adds the end-to-end fields, in lower case. */
    static void addTo(Http2Headers to, HttpHeaders from) {
        Iterator<Map.Entry<CharSequence, CharSequence>> fields = from.iteratorCharSequence();
        while (fields.hasNext()) {
            Map.Entry<CharSequence, CharSequence> field = fields.next();
            AsciiString name = AsciiString.of(field.getKey()).toLowerCase();
            boolean teOther = HttpHeaderNames.TE.equals(name)
                    && !HttpHeaderValues.TRAILERS.contentEqualsIgnoreCase(field.getValue());
            if (!teOther && !DROPPED.contains(name)) {
                to.add(name, field.getValue());
            }
        }
    }

    /** Trailers. */
    static Http2Headers trailers(HttpHeaders from) {
        Http2Headers trailers = empty();
        addTo(trailers, from);
        return trailers;
    }

    /** No fields yet. What goes in was checked when it was read. */
    static Http2Headers empty() {
        return new DefaultHttp2Headers(false, MOST);
    }
}
