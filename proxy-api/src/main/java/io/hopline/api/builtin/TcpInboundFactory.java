package io.hopline.api.builtin;

import io.hopline.api.Entry;
import io.hopline.api.InboundFactory;
import io.hopline.api.settings.Settings;

/** Reads {@code tcp}. */
public final class TcpInboundFactory implements InboundFactory {
    @Override
    public Entry read(Settings settings) {
        return new TcpEntry(settings.hostPort("target"));
    }
}
