package io.hopline.connect;

import io.hopline.api.Hop;
import io.hopline.api.OutboundFactory;
import io.hopline.api.settings.Settings;

/** Reads {@code { type = connect, … }} of an outbound. */
final class ConnectOutboundFactory implements OutboundFactory {

    @Override
    public Hop read(Settings settings) {
        return ConnectHop.read(settings);
    }
}
