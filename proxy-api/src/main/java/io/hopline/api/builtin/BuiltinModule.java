package io.hopline.api.builtin;

import io.hopline.api.ProtocolModule;

/** Offers the types that speak no protocol. */
public final class BuiltinModule extends ProtocolModule {
    @Override
    protected void configure() {
        inbound("mixed", MixedInboundFactory.class);
        inbound("tcp", TcpInboundFactory.class);
        outbound(DirectHop.TYPE, DirectOutboundFactory.class);
        outbound("block", BlockOutboundFactory.class);
    }
}
