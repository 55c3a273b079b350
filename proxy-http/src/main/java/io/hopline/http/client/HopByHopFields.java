package io.hopline.http.client;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.AsciiString;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Takes off a message what concerns one connection alone (RFC 9110 section 7.6.1). */
public final class HopByHopFields {

    /** What no Connection field can take away: without these a message would mean something else. */
    private static final Set<String> KEPT =
            Set.of("host", "content-length", "transfer-encoding", "via", "expect", "max-forwards");

    /** Names that know their hash: every message is asked for each of them. */
    private static final AsciiString[] ALWAYS = {
        HttpHeaderNames.CONNECTION,
        AsciiString.cached("proxy-connection"),
        AsciiString.cached("keep-alive"),
        AsciiString.cached("http2-settings"),
        HttpHeaderNames.PROXY_AUTHORIZATION,
        HttpHeaderNames.PROXY_AUTHENTICATE,
        AsciiString.cached("proxy-authentication-info")
    };

    private HopByHopFields() {}

    /** {@code Upgrade} stays if it is meant and there is no body, {@code TE} if the client takes trailers. */
    public static void removeFromRequest(HttpRequest request) {
        HttpHeaders headers = request.headers();
        List<String> protocols = all(headers, HttpHeaderNames.UPGRADE);
        boolean upgrade = !protocols.isEmpty()
                && headers.containsValue(HttpHeaderNames.CONNECTION, HttpHeaderNames.UPGRADE, true)
                && request instanceof LastHttpContent
                && request.protocolVersion().equals(HttpVersion.HTTP_1_1);
        boolean trailers = headers.contains(HttpHeaderNames.TE)
                && headers.containsValue(HttpHeaderNames.TE, HttpHeaderValues.TRAILERS, true);
        remove(headers);
        headers.remove(HttpHeaderNames.TE);
        headers.remove(HttpHeaderNames.UPGRADE);
        if (trailers) {
            headers.set(HttpHeaderNames.TE, HttpHeaderValues.TRAILERS);
        }
        if (upgrade) {
            headers.set(HttpHeaderNames.UPGRADE, protocols);
        }
    }

    /** {@code Upgrade} stays: a server may offer it with any status. */
    static void removeFromResponse(HttpResponse response) {
        HttpHeaders headers = response.headers();
        List<String> protocols = all(headers, HttpHeaderNames.UPGRADE);
        remove(headers);
        if (!protocols.isEmpty()) {
            headers.set(HttpHeaderNames.UPGRADE, protocols);
        }
    }

    /** Takes off trailers also what only a head may say (RFC 9110 section 6.5.1). */
    public static void removeFromTrailers(HttpHeaders trailers) {
        if (!trailers.isEmpty()) {
            remove(trailers);
            KEPT.forEach(trailers::remove);
            trailers.remove(HttpHeaderNames.TE);
            trailers.remove(HttpHeaderNames.UPGRADE);
        }
    }

    private static void remove(HttpHeaders headers) {
        for (String value : all(headers, HttpHeaderNames.CONNECTION)) {
            for (String name : value.split(",", -1)) {
                String named = name.strip().toLowerCase(Locale.ROOT);
                if (!named.isEmpty() && !KEPT.contains(named)) {
                    headers.remove(named);
                }
            }
        }
        for (AsciiString name : ALWAYS) {
            headers.remove(name);
        }
    }

    /** Makes no list where there is nothing. */
    private static List<String> all(HttpHeaders headers, AsciiString name) {
        return headers.contains(name) ? headers.getAll(name) : List.of();
    }
}
