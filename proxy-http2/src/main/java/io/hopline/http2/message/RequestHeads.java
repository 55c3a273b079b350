package io.hopline.http2.message;

import io.hopline.api.HostPort;
import io.hopline.http2.session.Head;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.util.AsciiString;
import java.util.Optional;

/** Writes the header sections of requests (RFC 9113 sections 8.3.1 and 8.5). */
public final class RequestHeads {

    private static final AsciiString CONNECT = AsciiString.cached("CONNECT");
    private static final String SCHEME_END = "://";

    private RequestHeads() {}

    /** Of a request for a tunnel, with the value of Proxy-Authorization. */
    public static Head connect(HostPort target, Optional<AsciiString> authorization) {
        Http2Headers headers = Fields.empty().method(CONNECT).authority(target.toString());
        return withCredentials(headers, authorization, false);
    }

    /** @param request in absolute-form */
    static Head of(HttpRequest request, boolean end, Optional<AsciiString> authorization) {
        String uri = request.uri();
        int host = uri.indexOf(SCHEME_END) + SCHEME_END.length();
        if (host < SCHEME_END.length()) {
            throw new IllegalArgumentException("a request to a proxy is in absolute-form");
        }
        int path = host;
        while (path < uri.length() && uri.charAt(path) != '/' && uri.charAt(path) != '?') {
            path++;
        }
        Http2Headers headers = Fields.empty()
                .method(request.method().asciiName())
                .scheme(uri.substring(0, host - SCHEME_END.length()))
                .authority(uri.substring(host, path))
                .path(path(request.method(), uri.substring(path)));
        Fields.addTo(headers, request.headers());
        return withCredentials(headers, authorization, end);
    }

    private static String path(HttpMethod method, String rest) {
        if (rest.isEmpty()) {
            return HttpMethod.OPTIONS.equals(method) ? "*" : "/";
        }
        return rest.charAt(0) == '/' ? rest : "/" + rest;
    }

    private static Head withCredentials(Http2Headers headers, Optional<AsciiString> authorization, boolean end) {
        authorization.ifPresent(value -> headers.set(HttpHeaderNames.PROXY_AUTHORIZATION, value));
        return new Head(headers, end);
    }
}
