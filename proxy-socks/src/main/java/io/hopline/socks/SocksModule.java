package io.hopline.socks;

import io.hopline.api.ProtocolModule;

/** Offers SOCKS: {@code socks4} (with 4a) and {@code socks5} in, {@code socks4}, {@code socks4a} and {@code socks5} out. */
public final class SocksModule extends ProtocolModule {

    @Override
    protected void configure() {
        inbound("socks4", Socks4InboundFactory.class);
        inbound("socks5", Socks5InboundFactory.class);
        outbound("socks4", Socks4OutboundFactory.class);
        outbound("socks4a", Socks4aOutboundFactory.class);
        outbound("socks5", Socks5OutboundFactory.class);
    }
}
