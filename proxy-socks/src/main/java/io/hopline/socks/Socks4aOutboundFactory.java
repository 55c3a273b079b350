package io.hopline.socks;

import io.hopline.api.Hop;
import io.hopline.api.OutboundFactory;
import io.hopline.api.settings.Settings;

/** Reads hops of type {@code socks4a}. */
public final class Socks4aOutboundFactory implements OutboundFactory {

    @Override
    public Hop read(Settings settings) {
        return Socks4Hop.read(settings, true);
    }
}
