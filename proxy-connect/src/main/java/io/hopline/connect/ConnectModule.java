package io.hopline.connect;

import io.hopline.api.ProtocolModule;

/** HTTP CONNECT as inbound and outbound type {@code connect}. */
public final class ConnectModule extends ProtocolModule {

    @Override
    protected void configure() {
        inbound("connect", ConnectInboundFactory.class);
        outbound("connect", ConnectOutboundFactory.class);
    }
}
