package io.hopline.http;

import io.hopline.api.ProtocolModule;

/** Plain HTTP forwarding as inbound and outbound type {@code http}, and HTTP/1.1 above TLS. */
public final class HttpModule extends ProtocolModule {

    @Override
    protected void configure() {
        inbound("http", HttpInboundFactory.class);
        outbound("http", HttpOutboundFactory.class);
        alpn("http/1.1", Http11.class);
    }
}
