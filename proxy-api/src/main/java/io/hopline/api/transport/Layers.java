package io.hopline.api.transport;

import io.hopline.api.settings.Settings;
import java.util.ArrayList;
import java.util.List;

/** Reads the layers of a hop, in their fixed order: the PROXY protocol, then TLS. */
public final class Layers {

    private Layers() {}

    /** @param alpn what TLS offers by ALPN where the settings don't say */
    public static List<Layer> read(Settings settings, String... alpn) {
        List<Layer> layers = new ArrayList<>();
        ProxyProtocolLayer.read(settings).ifPresent(layers::add);
        TlsLayer.read(settings, alpn).ifPresent(layers::add);
        return layers;
    }
}
