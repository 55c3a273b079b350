package com.example.line;

import io.hopline.api.ProtocolModule;

/** What this jar offers: the type {@code line}, as an inbound and as an outbound. */
public final class LineModule extends ProtocolModule {

    @Override
    protected void configure() {
        inbound("line", LineInboundFactory.class);
        outbound("line", LineOutboundFactory.class);
    }
}
