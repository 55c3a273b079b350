package com.example.line;

import io.hopline.api.Hop;
import io.hopline.api.OutboundFactory;
import io.hopline.api.settings.Settings;
import io.hopline.api.transport.Server;

/** Reads {@code { type = line, server = … }} of a chain. */
final class LineOutboundFactory implements OutboundFactory {

    private static final int DEFAULT_PORT = 4242;

    @Override
    public Hop read(Settings settings) {
        return new LineHop(Server.read(settings, DEFAULT_PORT), settings.duration("handshake-timeout"));
    }
}
