package io.hopline.spdy;

import io.hopline.api.Hop;
import io.hopline.api.OutboundFactory;
import io.hopline.api.settings.Settings;

/** Reads {@code { type = spdy, … }} of an outbound. */
final class SpdyOutboundFactory implements OutboundFactory {

    @Override
    public Hop read(Settings settings) {
        return SpdyHop.read(settings);
    }
}
