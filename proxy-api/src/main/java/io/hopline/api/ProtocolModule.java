package io.hopline.api;

import com.google.inject.AbstractModule;
import com.google.inject.multibindings.MapBinder;

/**
 * What a protocol's jar offers; found by {@link java.util.ServiceLoader}.
 *
 * <p>Two modules that claim the same type or token fail at start.
 */
public abstract class ProtocolModule extends AbstractModule {

    /** Offers an inbound type; the config names it in {@code type}. */
    protected final void inbound(String type, Class<? extends InboundFactory> factory) {
        MapBinder.newMapBinder(binder(), String.class, InboundFactory.class)
                .addBinding(type)
                .to(factory);
    }

    /** Offers an outbound type; the config names it in {@code type} or as a URL's scheme. */
    protected final void outbound(String type, Class<? extends OutboundFactory> factory) {
        MapBinder.newMapBinder(binder(), String.class, OutboundFactory.class)
                .addBinding(type)
                .to(factory);
    }

    /** Offers what is spoken above TLS once ALPN (RFC 7301) has agreed on the token. */
    protected final void alpn(String token, Class<? extends AlpnProtocol> protocol) {
        MapBinder.newMapBinder(binder(), String.class, AlpnProtocol.class)
                .addBinding(token)
                .to(protocol);
    }
}
