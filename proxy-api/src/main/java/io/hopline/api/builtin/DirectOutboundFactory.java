package io.hopline.api.builtin;

import io.hopline.api.Hop;
import io.hopline.api.OutboundFactory;
import io.hopline.api.settings.Settings;
import io.hopline.api.transport.Layers;

/** Reads {@code direct}. */
public final class DirectOutboundFactory implements OutboundFactory {
    @Override
    public Hop read(Settings settings) {
        return new DirectHop(DirectSettings.read(settings).outbound(), Layers.read(settings));
    }
}
