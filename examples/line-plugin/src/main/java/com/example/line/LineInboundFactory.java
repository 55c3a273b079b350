package com.example.line;

import io.hopline.api.Entry;
import io.hopline.api.InboundFactory;
import io.hopline.api.Recognizer;
import io.hopline.api.settings.Settings;
import java.util.Optional;

/** Reads {@code { type = line, … }} of an inbound. */
final class LineInboundFactory implements InboundFactory {

    @Override
    public Entry read(Settings settings) {
        return new LineEntry(settings.duration("handshake-timeout"));
    }

    @Override
    public Optional<Recognizer> recognizer() {
        return Optional.of(new LineRecognizer());
    }
}
