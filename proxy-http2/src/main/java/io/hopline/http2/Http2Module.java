package io.hopline.http2;

import io.hopline.api.ProtocolModule;

/** HTTP/2: over TLS by ALPN's {@code h2}, with prior knowledge as inbound type {@code http2}, and as outbound type {@code http2}. */
public final class Http2Module extends ProtocolModule {

    @Override
    protected void configure() {
        alpn("h2", Http2.class);
        inbound("http2", Http2InboundFactory.class);
        outbound("http2", Http2OutboundFactory.class);
    }
}
