package io.hopline.http2.message;

import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.EmptyHttpHeaders;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpVersion;
import java.util.Base64;
import java.util.concurrent.ThreadLocalRandom;

/** Extended CONNECT (RFC 8441) in HTTP/1.1's words: a GET with {@code Upgrade}, answered by 101. */
final class Upgrades {

    private static final String WEBSOCKET = "websocket";
    private static final int KEY_BYTES = 16;

    private Upgrades() {}

    /** A request for the upgrade; a WebSocket's gets the key that HTTP/1.1 asks for (RFC 6455 section 4.1, RFC 8441 section 5). */
    static HttpRequest request(String uri, HttpHeaders headers, String protocol) {
        headers.set(HttpHeaderNames.CONNECTION, HttpHeaderValues.UPGRADE).set(HttpHeaderNames.UPGRADE, protocol);
        if (protocol.equalsIgnoreCase(WEBSOCKET)) {
            byte[] key = new byte[KEY_BYTES];
            ThreadLocalRandom.current().nextBytes(key);
            headers.set(HttpHeaderNames.SEC_WEBSOCKET_KEY, Base64.getEncoder().encodeToString(key));
        }
        return new DefaultFullHttpRequest(
                HttpVersion.HTTP_1_1, HttpMethod.GET, uri, Unpooled.EMPTY_BUFFER, headers, EmptyHttpHeaders.INSTANCE);
    }
}
