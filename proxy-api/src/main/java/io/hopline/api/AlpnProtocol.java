package io.hopline.api;

import io.hopline.api.settings.Settings;
import java.util.Optional;

/** What is spoken to clients above TLS once ALPN has agreed on it: plain HTTP/1.1, or a session of streams. */
@FunctionalInterface
public interface AlpnProtocol {

    /**
     * The same with settings of its own, which it finds in a section of {@code tls { … }} of the inbound. What is wrong with them is
     * told to {@link Settings#problem}, never thrown.
     *
     * @param tls the inbound's whole section; for clients without TLS, whom {@link #recognizer} tells, an empty one, so that what
     *     counts is {@link Settings#sectionOrDefaults its section's defaults}
     */
    default AlpnProtocol read(Settings tls) {
        return this;
    }

    /**
     * How a client without TLS is told that speaks it because it knows beforehand that it may (RFC 9113 section 3.3); empty where TLS
     * or an inbound type of its own has to tell.
     */
    default Optional<Recognizer> recognizer() {
        return Optional.empty();
    }

    /**
     * Wraps the inbound that serves the connection or, for protocols with streams, each of its streams.
     *
     * @throws IllegalArgumentException if that inbound can't be served so; the message says why
     */
    Inbound over(Inbound next);
}
