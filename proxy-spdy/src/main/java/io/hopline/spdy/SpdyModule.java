package io.hopline.spdy;

import io.hopline.api.ProtocolModule;

/** SPDY: over TLS by ALPN's {@code spdy/3.1} and {@code spdy/3}, without TLS as inbound type {@code spdy}, and as outbound type {@code spdy}. */
public final class SpdyModule extends ProtocolModule {

    @Override
    protected void configure() {
        alpn("spdy/3.1", SpdyAlpn.V31.class);
        alpn("spdy/3", SpdyAlpn.V3.class);
        inbound("spdy", SpdyInboundFactory.class);
        outbound("spdy", SpdyOutboundFactory.class);
    }
}
