package io.hopline.http2.message;

import io.hopline.http2.session.Head;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.DefaultHttpRequest;
import io.netty.handler.codec.http.EmptyHttpHeaders;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValidationUtil;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.handler.codec.http2.Http2Headers.PseudoHeaderName;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads a request's header section so that it can be understood in one way only (RFC 9113 sections 8.3.1, 8.5 and 10.3); names, the
 * order of fields and the presence of pseudo-header fields were checked before.
 */
final class Requests {

    private Requests() {}

    /**
     * The request in authority-form for CONNECT, else in absolute-form; with Host, and with {@code Transfer-Encoding: chunked} where a
     * body of unknown length follows. Extended CONNECT (RFC 8441) becomes a GET that asks for an upgrade.
     */
    static HttpRequest read(Head head) throws MalformedException {
        Http2Headers from = head.headers();
        String method = text(from.method());
        if (HttpHeaderValidationUtil.validateToken(method) != -1) {
            throw new MalformedException(":method is no token");
        }
        CharSequence protocol = from.get(PseudoHeaderName.PROTOCOL.value());
        HttpHeaders headers = Fields.toHttp1(from);
        String authority = authority(from, headers);
        headers.set(HttpHeaderNames.HOST, authority);
        boolean connect = method.equals("CONNECT");
        if (connect && protocol == null) {
            return connect(from, headers, authority);
        }
        String uri = absolute(from, authority, method);
        if (protocol != null) {
            if (!connect || HttpHeaderValidationUtil.validateToken(protocol) != -1) {
                throw new MalformedException(":protocol is no token, or stands in another request than CONNECT");
            }
            withoutBody(headers);
            return Upgrade.request(uri, headers, protocol.toString());
        }
        if (head.last()) {
            return new DefaultFullHttpRequest(
                    HttpVersion.HTTP_1_1,
                    HttpMethod.valueOf(method),
                    uri,
                    Unpooled.EMPTY_BUFFER,
                    headers,
                    EmptyHttpHeaders.INSTANCE);
        }
        if (!headers.contains(HttpHeaderNames.CONTENT_LENGTH)) {
            headers.set(HttpHeaderNames.TRANSFER_ENCODING, HttpHeaderValues.CHUNKED);
        }
        return new DefaultHttpRequest(HttpVersion.HTTP_1_1, HttpMethod.valueOf(method), uri, headers);
    }

    private static HttpRequest connect(Http2Headers from, HttpHeaders headers, String authority)
            throws MalformedException {
        if (from.scheme() != null || from.path() != null) {
            throw new MalformedException("CONNECT has no :scheme and no :path");
        }
        withoutBody(headers);
        return new DefaultHttpRequest(HttpVersion.HTTP_1_1, HttpMethod.CONNECT, authority, headers);
    }

    /** What comes after CONNECT is the tunnel's, so an origin that is told a length would wait for a body that never comes. */
    private static void withoutBody(HttpHeaders headers) throws MalformedException {
        if (headers.contains(HttpHeaderNames.CONTENT_LENGTH)) {
            throw new MalformedException("CONNECT has no body");
        }
    }

    private static String absolute(Http2Headers from, String authority, String method) throws MalformedException {
        String scheme = text(from.scheme());
        if (!scheme.equalsIgnoreCase("http") && !scheme.equalsIgnoreCase("https")) {
            throw new MalformedException(":scheme is neither http nor https");
        }
        String path = text(from.path());
        if (path.equals("*") && method.equals("OPTIONS")) {
            path = "";
        } else if (!path.startsWith("/") || !path.chars().allMatch(c -> c > ' ' && c < 0x7F && c != '#')) {
            throw new MalformedException(":path is no path");
        }
        return scheme + "://" + authority + path;
    }

    /** {@code :authority}, or Host in its place; where both are there, they must be the same. */
    private static String authority(Http2Headers from, HttpHeaders headers) throws MalformedException {
        List<String> hosts = headers.getAll(HttpHeaderNames.HOST);
        String authority = text(from.authority());
        if (hosts.size() > 1
                || (!hosts.isEmpty() && !authority.isEmpty() && !hosts.get(0).equalsIgnoreCase(authority))) {
            throw new MalformedException("Host stands there more than once, or differs from :authority");
        }
        if (authority.isEmpty() && !hosts.isEmpty()) {
            authority = hosts.get(0);
        }
        if (authority.isEmpty() || !authority.chars().allMatch(Requests::isOfAuthority)) {
            throw new MalformedException("there is no authority, or it is more than a host and a port");
        }
        return authority;
    }

    private static boolean isOfAuthority(int c) {
        return c > ' ' && c < 0x7F && "/?#@\\,".indexOf(c) < 0;
    }

    private static String text(@Nullable CharSequence value) {
        return value == null ? "" : value.toString();
    }
}
