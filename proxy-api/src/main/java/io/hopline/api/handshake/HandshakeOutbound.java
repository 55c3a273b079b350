package io.hopline.api.handshake;

import io.hopline.api.HopRef;
import io.hopline.api.HostPort;
import io.hopline.api.Outbound;
import io.hopline.api.Session;
import io.hopline.api.transport.Dials;
import io.hopline.api.transport.Server;
import io.netty.channel.Channel;
import io.netty.util.concurrent.Future;

/** Dials a hop's server over the outbound beneath and asks it for the target by a handshake. */
public record HandshakeOutbound(Server server, Outbound via, HopRef at, Handshakes handshakes) implements Outbound {

    /** Makes the handshake for one target. */
    @FunctionalInterface
    public interface Handshakes {
        ClientHandshake to(HostPort target, Session session);
    }

    @Override
    public Future<Channel> dial(HostPort target, Session session) {
        return Dials.then(
                server.dial(via, at, session),
                session,
                channel -> handshakes.to(target, session).run(channel));
    }
}
