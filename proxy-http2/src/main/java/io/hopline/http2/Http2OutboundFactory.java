package io.hopline.http2;

import io.hopline.api.Hop;
import io.hopline.api.OutboundFactory;
import io.hopline.api.settings.Settings;

/** Reads {@code { type = http2, … }} of an outbound. */
final class Http2OutboundFactory implements OutboundFactory {

    @Override
    public Hop read(Settings settings) {
        return Http2Hop.read(settings);
    }
}
