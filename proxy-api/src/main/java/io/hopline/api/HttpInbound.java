package io.hopline.api;

import io.netty.channel.Channel;
import java.time.Duration;

/** An inbound that also serves channels of HTTP messages, whatever framed them. */
public interface HttpInbound extends Inbound {

    /**
     * Takes over a channel whose pipeline carries Netty {@code HttpObject}s, auto-read off: an HTTP/1.1 connection, or one stream of
     * an HTTP/2 or SPDY session. Who frames the messages and who serves them share the work so:
     *
     * <ul>
     *   <li>A request arrives once its head has proved valid, in absolute-form, authority-form or origin-form as the client sent it,
     *       with the client's fields. One without a body is a {@code FullHttpRequest}; a body follows as {@code HttpContent}, and
     *       one that is broken or cut short ends in a {@code LastHttpContent} whose decoder result is a failure.
     *   <li>The next request arrives only after the last part of a response was written and {@code read()} was called.
     *   <li>Responses are written with their end-to-end fields alone: how a body is delimited and whether the connection lives on is
     *       seen to below. {@code Connection: close} in a response asks for the end; a response of unknown length has neither {@code
     *       Content-Length} nor {@code Transfer-Encoding}. Interim responses (1xx) are {@code FullHttpResponse}s. A response that
     *       can't be finished ends in an {@link Abort}.
     *   <li>Behind the head of a CONNECT, and behind a request that asks for an upgrade, nothing is handed on until {@code framing}
     *       {@linkplain HttpFraming#leave leaves}. The inbound has it leave right after it has written the 2xx or the 101.
     * </ul>
     */
    void acceptHttp(Channel exchange, Session session, HttpFraming framing);

    /** How long a client may be silent before it has said anything; it is told apart from clients of other protocols meanwhile. */
    default Duration patience() {
        return Duration.ofSeconds(10);
    }
}
