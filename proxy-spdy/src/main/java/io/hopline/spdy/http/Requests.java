package io.hopline.spdy.http;

import io.hopline.api.HostPort;
import io.hopline.spdy.session.StreamHead;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.DefaultHttpRequest;
import io.netty.handler.codec.http.EmptyHttpHeaders;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.spdy.SpdyHeaders;
import io.netty.handler.codec.spdy.SpdyHeaders.HttpNames;
import io.netty.util.AsciiString;
import java.util.Optional;
import java.util.Set;

/** The head of a request as a header block and as a message (SPDY/3 section 3.2.1). */
public final class Requests {

    private static final String SCHEME_END = "://";
    private static final Set<String> VERSIONS = Set.of("HTTP/1.1", "HTTP/1.0");
    private static final Set<String> SCHEMES = Set.of("http", "https");

    private Requests() {}

    /**
     * Reads a request; one without a body is full.
     *
     * @throws MalformedException if the block is no request
     */
    static HttpRequest read(StreamHead head) throws MalformedException {
        String method = Fields.only(head, HttpNames.METHOD);
        String path = Fields.only(head, HttpNames.PATH);
        if (!VERSIONS.contains(Fields.only(head, HttpNames.VERSION))) {
            throw new MalformedException(":version is neither HTTP/1.1 nor HTTP/1.0");
        }
        if (path.chars().anyMatch(c -> c <= ' ' || c >= 0x7F)) {
            throw new MalformedException(":path has a character that it can't have");
        }
        HttpHeaders headers = new DefaultHttpHeaders();
        Fields.read(head.headers(), headers);
        // There are no interim responses to wait for.
        headers.remove(HttpHeaderNames.EXPECT);
        boolean connect = method.equals("CONNECT");
        String uri = connect ? path : absolute(head, path);
        headers.set(HttpHeaderNames.HOST, connect ? path : authority(uri));
        boolean full = connect || head.last();
        BodyLength length = BodyLength.of(headers);
        if (!connect && head.last() && !length.isComplete()) {
            throw new MalformedException("content-length tells of a body, and there is none");
        }
        if (!full && !length.isKnown()) {
            headers.set(HttpHeaderNames.TRANSFER_ENCODING, HttpHeaderValues.CHUNKED);
        }
        return message(method, uri, headers, full);
    }

    private static HttpRequest message(String method, String uri, HttpHeaders headers, boolean full)
            throws MalformedException {
        try {
            return full
                    ? new DefaultFullHttpRequest(
                            HttpVersion.HTTP_1_1,
                            HttpMethod.valueOf(method),
                            uri,
                            Unpooled.EMPTY_BUFFER,
                            headers,
                            EmptyHttpHeaders.INSTANCE)
                    : new DefaultHttpRequest(HttpVersion.HTTP_1_1, HttpMethod.valueOf(method), uri, headers);
        } catch (IllegalArgumentException e) {
            throw new MalformedException("the method or the path has a character that it can't have");
        }
    }

    /** The target in absolute-form; {@code :path} may be that already. */
    private static String absolute(StreamHead head, String path) throws MalformedException {
        String scheme = Fields.only(head, HttpNames.SCHEME);
        String host = Fields.only(head, HttpNames.HOST);
        if (!SCHEMES.contains(scheme)) {
            throw new MalformedException(":scheme is neither http nor https");
        }
        if (path.equals("*")) {
            return scheme + SCHEME_END + checked(host);
        }
        if (path.startsWith("/")) {
            return scheme + SCHEME_END + checked(host) + path;
        }
        int end = path.indexOf(SCHEME_END);
        if (end < 0 || !SCHEMES.contains(path.substring(0, end))) {
            throw new MalformedException(":path is neither a path nor an absolute URL");
        }
        checked(authority(path));
        return path;
    }

    private static String checked(String authority) throws MalformedException {
        try {
            HostPort.parse(authority, 80);
            return authority;
        } catch (IllegalArgumentException e) {
            throw new MalformedException(":host is not host or host:port: " + e.getMessage());
        }
    }

    private static String authority(String uri) {
        int start = uri.indexOf(SCHEME_END) + SCHEME_END.length();
        return uri.substring(start, pathStart(uri, start));
    }

    private static int pathStart(String uri, int from) {
        int at = from;
        while (at < uri.length() && "/?#".indexOf(uri.charAt(at)) < 0) {
            at++;
        }
        return at;
    }

    /** Writes a request in absolute-form. */
    static SpdyHeaders write(HttpRequest request) {
        String uri = request.uri();
        int schemeEnd = uri.indexOf(SCHEME_END);
        if (schemeEnd < 0) {
            throw new IllegalArgumentException("the request is not in absolute-form");
        }
        int path = pathStart(uri, schemeEnd + SCHEME_END.length());
        String rest = uri.substring(path);
        String asterisk = HttpMethod.OPTIONS.equals(request.method()) ? "*" : "/";
        return Fields.write(request)
                .set(HttpNames.METHOD, request.method().name())
                .set(HttpNames.SCHEME, uri.substring(0, schemeEnd))
                .set(HttpNames.HOST, authority(uri))
                .set(HttpNames.PATH, rest.isEmpty() ? asterisk : rest.startsWith("/") ? rest : "/" + rest)
                .set(HttpNames.VERSION, HttpVersion.HTTP_1_1.text());
    }

    /** Asks for a tunnel as Chromium did: {@code :path} is host:port, and there is no {@code :scheme}. */
    public static StreamHead connect(HostPort target, Optional<AsciiString> authorization) {
        SpdyHeaders headers = Fields.write(EmptyHttpHeaders.INSTANCE)
                .set(HttpNames.METHOD, HttpMethod.CONNECT.name())
                .set(HttpNames.PATH, target.toString())
                .set(HttpNames.HOST, target.port() == 443 ? target.bracketed() : target.toString())
                .set(HttpNames.VERSION, HttpVersion.HTTP_1_1.text());
        authorization.ifPresent(value -> headers.set(HttpHeaderNames.PROXY_AUTHORIZATION, value));
        return new StreamHead(headers, false);
    }
}
