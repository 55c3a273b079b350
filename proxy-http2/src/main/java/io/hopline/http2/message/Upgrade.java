package io.hopline.http2.message;

import static io.netty.handler.codec.http.HttpHeaderNames.SEC_WEBSOCKET_ACCEPT;
import static io.netty.handler.codec.http.HttpHeaderNames.SEC_WEBSOCKET_KEY;
import static io.netty.handler.codec.http.HttpHeaderNames.UPGRADE;

import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.EmptyHttpHeaders;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.HttpVersion;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/** Extended CONNECT (RFC 8441) in HTTP/1.1's words: a GET with {@code Upgrade}, answered by 101. */
final class Upgrade {

    private static final String WEBSOCKET = "websocket";
    private static final int KEY_BYTES = 16;

    /** RFC 6455 section 1.3. */
    private static final String ACCEPTING = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";

    private final String protocol;
    private final @Nullable String key;

    private Upgrade(String protocol, @Nullable String key) {
        this.protocol = protocol;
        this.key = key;
    }

    /** The upgrade that the request asks for; null if it asks for none. */
    static @Nullable Upgrade askedBy(HttpRequest request) {
        String protocol = request.headers().get(UPGRADE);
        return protocol == null ? null : new Upgrade(protocol, request.headers().get(SEC_WEBSOCKET_KEY));
    }

    /** A request for the upgrade; a WebSocket's gets the key that HTTP/1.1 asks for (RFC 6455 section 4.1, RFC 8441 section 5). */
    static HttpRequest request(String uri, HttpHeaders headers, String protocol) {
        headers.set(HttpHeaderNames.CONNECTION, HttpHeaderValues.UPGRADE).set(UPGRADE, protocol);
        if (protocol.equalsIgnoreCase(WEBSOCKET)) {
            byte[] key = new byte[KEY_BYTES];
            ThreadLocalRandom.current().nextBytes(key);
            headers.set(SEC_WEBSOCKET_KEY, Base64.getEncoder().encodeToString(key));
        }
        return new DefaultFullHttpRequest(
                HttpVersion.HTTP_1_1, HttpMethod.GET, uri, Unpooled.EMPTY_BUFFER, headers, EmptyHttpHeaders.INSTANCE);
    }

    /**
     * What is wrong with a response that would seem to open the stream and does not: a success without a switch, or a switch to something
     * else than what the client asked for, which is ours to notice as it never sees key and protocol (RFC 6455 section 4.1).
     */
    Optional<String> objection(HttpResponse response) {
        HttpResponseStatus status = response.status();
        if (status.codeClass() == HttpStatusClass.SUCCESS) {
            return Optional.of("it answered " + status.code() + ", which is no switch to " + protocol);
        }
        if (!status.equals(HttpResponseStatus.SWITCHING_PROTOCOLS)) {
            return Optional.empty();
        }
        if (!protocol.equalsIgnoreCase(response.headers().get(UPGRADE))) {
            return Optional.of("it switches to another protocol than " + protocol);
        }
        boolean accepted = key == null || accept(key).equals(response.headers().get(SEC_WEBSOCKET_ACCEPT));
        return accepted
                ? Optional.empty()
                : Optional.of("its Sec-WebSocket-Accept does not fit the key that it was sent");
    }

    private static String accept(String key) {
        try {
            MessageDigest sha1 = MessageDigest.getInstance("SHA-1");
            return Base64.getEncoder()
                    .encodeToString(sha1.digest((key + ACCEPTING).getBytes(StandardCharsets.US_ASCII)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-1", e);
        }
    }
}
