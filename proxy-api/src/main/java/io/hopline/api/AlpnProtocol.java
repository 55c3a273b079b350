package io.hopline.api;

import io.hopline.api.settings.Settings;

/** What is spoken to clients above TLS once ALPN has agreed on it: plain HTTP/1.1, or a session of streams. */
@FunctionalInterface
public interface AlpnProtocol {

    /**
     * The same with settings of its own, which it finds in a section of {@code tls { … }} of the inbound. What is wrong with them is
     * told to {@link Settings#problem}, never thrown.
     *
     * @param tls the inbound's whole section
     */
    default AlpnProtocol read(Settings tls) {
        return this;
    }

    /**
     * Wraps the inbound that serves the connection or, for protocols with streams, each of its streams.
     *
     * @throws IllegalArgumentException if that inbound can't be served so; the message says why
     */
    Inbound over(Inbound next);
}
