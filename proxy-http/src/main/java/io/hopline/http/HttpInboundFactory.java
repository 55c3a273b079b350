package io.hopline.http;

import io.hopline.api.Entry;
import io.hopline.api.InboundFactory;
import io.hopline.api.Recognizer;
import io.hopline.api.settings.Settings;
import java.util.Optional;

/** Reads {@code { type = http, … }} of an inbound. */
final class HttpInboundFactory implements InboundFactory {

    @Override
    public Entry read(Settings settings) {
        return HttpEntry.read(settings);
    }

    @Override
    public Optional<Recognizer> recognizer() {
        return Optional.of(new HttpRecognizer());
    }
}
