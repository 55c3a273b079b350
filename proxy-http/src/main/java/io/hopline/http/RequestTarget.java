package io.hopline.http;

import io.hopline.api.HostPort;
import io.hopline.connect.Refusal;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpResponseStatus;
import org.jspecify.annotations.Nullable;

/**
 * Where a forward request goes, from its absolute-form (RFC 9112 section 3.2.2); userinfo is dropped.
 *
 * @param authority the origin as it was written
 * @param host the Host field: the origin, without the port if that is the scheme's own
 * @param absolute the same target written anew: without userinfo or a default port, and with a path unless it is OPTIONS of the
 *     whole server
 */
record RequestTarget(HostPort origin, String authority, String host, String absolute) {

    private static final int HTTP_PORT = 80;
    private static final String SCHEME = "http";
    private static final String PREFIX = SCHEME + "://";

    /** Thrown for a request that can't be forwarded. */
    static final class Unusable extends Exception {

        private static final long serialVersionUID = 1L;

        private final transient Refusal refusal;

        Unusable(Refusal refusal) {
            super(refusal.text(), null, false, false);
            this.refusal = refusal;
        }

        Refusal refusal() {
            return refusal;
        }
    }

    /** @param last a target of before, whose origin need not be read again if it is the same */
    static RequestTarget parse(HttpMethod method, String uri, @Nullable RequestTarget last) throws Unusable {
        int colon = uri.indexOf("://");
        if (uri.startsWith("/") || uri.equals("*") || colon < 0) {
            throw bad("This is a proxy, and no server of its own: set it as a client's proxy, which then asks for"
                    + " http://host/path.");
        }
        if (colon != SCHEME.length() || !uri.regionMatches(true, 0, SCHEME, 0, colon)) {
            throw new Unusable(new Refusal(
                    HttpResponseStatus.NOT_IMPLEMENTED,
                    "Only http:// is forwarded here; for https:// a client opens a tunnel, by CONNECT."));
        }
        int start = colon + 3;
        int end = start;
        while (end < uri.length() && !endsAuthority(uri.charAt(end))) {
            end++;
        }
        int userinfoEnd = uri.lastIndexOf('@', end - 1);
        String authority = authority(uri, Math.max(start, userinfoEnd + 1), end, last);
        for (int i = start; i < userinfoEnd; i++) {
            if (!isOfUserinfo(uri.charAt(i))) {
                // Others would take what stands before it for the host.
                throw bad("The URL's userinfo holds what it can't.");
            }
        }
        if (uri.indexOf('#', end) >= 0) {
            throw bad("A request's URL has no fragment.");
        }
        RequestTarget same = last != null && last.authority.equals(authority) ? last : null;
        HostPort origin = same != null ? same.origin : origin(authority);
        String host = same != null ? same.host : host(origin);
        boolean path = uri.startsWith("/", end) || (end == uri.length() && method.equals(HttpMethod.OPTIONS));
        boolean asItShouldBe = path && uri.startsWith(PREFIX) && end - start == host.length() && authority.equals(host);
        String absolute = asItShouldBe ? uri : PREFIX + host + (path ? "" : "/") + uri.substring(end);
        return new RequestTarget(origin, authority, host, absolute);
    }

    private static String host(HostPort origin) {
        return origin.port() == HTTP_PORT ? origin.bracketed() : origin.toString();
    }

    private static boolean endsAuthority(char c) {
        return c == '/' || c == '?' || c == '#';
    }

    private static String authority(String uri, int start, int end, @Nullable RequestTarget last) {
        if (last != null && last.authority.length() == end - start && uri.startsWith(last.authority, start)) {
            return last.authority;
        }
        return uri.substring(start, end);
    }

    /** RFC 3986 section 3.2.1. */
    private static boolean isOfUserinfo(char c) {
        return (c >= 'a' && c <= 'z')
                || (c >= 'A' && c <= 'Z')
                || (c >= '0' && c <= '9')
                || "-._~!$&'()*+,;=:%".indexOf(c) >= 0;
    }

    private static HostPort origin(String authority) throws Unusable {
        try {
            HostPort origin = HostPort.parse(
                    authority.endsWith(":") ? authority.substring(0, authority.length() - 1) : authority, HTTP_PORT);
            if (origin.port() == 0 || origin.host().indexOf('%') >= 0) {
                throw bad("The URL's authority is not host or host:port.");
            }
            return origin;
        } catch (IllegalArgumentException e) {
            throw bad("The URL's authority is not host or host:port: " + e.getMessage() + ".");
        }
    }

    private static Unusable bad(String text) {
        return new Unusable(new Refusal(HttpResponseStatus.BAD_REQUEST, text));
    }
}
