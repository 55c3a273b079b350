package io.hopline.connect;

import io.hopline.api.Entry;
import io.hopline.api.InboundFactory;
import io.hopline.api.settings.Settings;

/** Reads {@code { type = connect, … }} of an inbound. */
final class ConnectInboundFactory implements InboundFactory {

    @Override
    public Entry read(Settings settings) {
        return ConnectEntry.read(settings);
    }
}
