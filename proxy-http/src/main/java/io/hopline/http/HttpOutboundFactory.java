package io.hopline.http;

import io.hopline.api.Hop;
import io.hopline.api.OutboundFactory;
import io.hopline.api.settings.Settings;

/** Reads {@code { type = http, … }} of an outbound. */
final class HttpOutboundFactory implements OutboundFactory {

    @Override
    public Hop read(Settings settings) {
        return HttpHop.read(settings);
    }
}
