package com.example.line;

import io.hopline.api.HopRef;
import io.hopline.api.Outbound;
import io.hopline.api.handshake.HandshakeOutbound;
import io.hopline.api.transport.Server;
import io.hopline.api.transport.ServerHop;
import java.time.Duration;

/**
 * The settings of a {@code line} hop.
 *
 * @param handshakeTimeout for the server to answer
 */
public record LineHop(Server at, Duration handshakeTimeout) implements ServerHop {

    @Override
    public String type() {
        return "line";
    }

    @Override
    public Outbound over(Outbound via, HopRef hop) {
        return new HandshakeOutbound(
                at, via, hop, (target, session) -> new LineClientHandshake(hop, session, handshakeTimeout, target));
    }
}
