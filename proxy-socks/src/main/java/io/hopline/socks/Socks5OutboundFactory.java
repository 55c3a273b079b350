package io.hopline.socks;

import io.hopline.api.Hop;
import io.hopline.api.OutboundFactory;
import io.hopline.api.settings.Settings;

/** Reads hops of type {@code socks5}. */
public final class Socks5OutboundFactory implements OutboundFactory {

    @Override
    public Hop read(Settings settings) {
        return Socks5Hop.read(settings);
    }
}
