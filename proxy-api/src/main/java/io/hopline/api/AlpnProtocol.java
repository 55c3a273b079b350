package io.hopline.api;

/** What is spoken to clients above TLS once ALPN has agreed on it: plain HTTP/1.1, or a session of streams. */
@FunctionalInterface
public interface AlpnProtocol {

    /**
     * Wraps the inbound that serves the connection or, for protocols with streams, each of its streams.
     *
     * @throws IllegalArgumentException if that inbound can't be served so; the message says why
     */
    Inbound over(Inbound next);
}
