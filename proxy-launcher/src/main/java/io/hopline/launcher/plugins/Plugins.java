package io.hopline.launcher.plugins;

import io.hopline.api.AlpnProtocol;
import io.hopline.api.InboundFactory;
import io.hopline.api.OutboundFactory;
import java.util.Map;

/**
 * The protocols that there are, by the names that a config gives them.
 *
 * @param inbounds by {@code type}
 * @param outbounds by {@code type}
 * @param alpn by ALPN token
 */
public record Plugins(
        Map<String, InboundFactory> inbounds, Map<String, OutboundFactory> outbounds, Map<String, AlpnProtocol> alpn) {

    public Plugins {
        inbounds = Map.copyOf(inbounds);
        outbounds = Map.copyOf(outbounds);
        alpn = Map.copyOf(alpn);
    }

    /**
     * Finds every protocol on the class path; takes some tens of milliseconds, so hold on to what it returns.
     *
     * @throws PluginException if a plugin can't be loaded, or two claim the same name
     */
    public static Plugins load() {
        return PluginsFactory.discover();
    }
}
