package com.example.line;

import io.hopline.api.Hop;
import io.hopline.api.HopRef;
import io.hopline.api.HostPort;
import io.hopline.api.Outbound;
import io.hopline.api.handshake.HandshakeOutbound;
import io.hopline.api.transport.Server;
import java.time.Duration;
import java.util.Optional;

/**
 * The settings of a {@code line} hop.
 *
 * @param handshakeTimeout for the server to answer
 */
public record LineHop(Server to, Duration handshakeTimeout) implements Hop {

    @Override
    public String type() {
        return "line";
    }

    @Override
    public Optional<HostPort> server() {
        return Optional.of(to.address());
    }

    @Override
    public Outbound over(Outbound via, HopRef at) {
        return new HandshakeOutbound(
                to, via, at, (target, session) -> new LineClientHandshake(at, session, handshakeTimeout, target));
    }

    @Override
    public boolean tellsClient() {
        return to.tellsClient();
    }

    @Override
    public String describe() {
        return to.describe(type());
    }
}
