package io.hopline.api.builtin;

import io.hopline.api.Hop;
import io.hopline.api.OutboundFactory;
import io.hopline.api.settings.Settings;

/** Reads {@code block}, which has no settings. */
public final class BlockOutboundFactory implements OutboundFactory {
    @Override
    public Hop read(Settings settings) {
        return new BlockHop();
    }
}
