package io.hopline.testkit;

import io.hopline.api.HostPort;
import io.hopline.api.Inbound;
import io.hopline.api.Session;
import io.hopline.api.SessionObserver;
import io.hopline.api.guard.Guard;
import io.hopline.api.relay.Relay;
import io.netty.channel.Channel;
import io.netty.util.concurrent.Future;

/**
 * What a protocol runs over, for a hop may stand on a socket, on TLS, or on another hop's stream: a suite runs once over each that its class
 * names. The test itself speaks to plain sockets whatever the carrier is.
 */
public enum Carrier {
    /** TCP itself. */
    SOCKET,

    /** A stream inside something else, as those of SPDY and HTTP/2: it has no {@code connect()} and no address. */
    STREAM {
        @Override
        Future<Channel> over(Channel socket, HostPort server, Session session) {
            return session.loop().newSucceededFuture(stream(socket));
        }

        @Override
        Inbound beneath(Inbound inbound) {
            return (socket, session) -> inbound.accept(stream(socket), session);
        }

        private Channel stream(Channel socket) {
            PipeChannel[] ends = PipeChannel.pair(socket.eventLoop());
            Relay.join(ends[1], socket, Guard.NONE, ended -> {});
            return ends[0];
        }
    },

    /** TLS over TCP. */
    TLS {
        @Override
        Future<Channel> over(Channel socket, HostPort server, Session session) {
            return Tls.towards(server, socket, session);
        }

        @Override
        HostPort front(Loops loops, HostPort server) throws Exception {
            return serve(loops, Tls.inFrontOf(new Entrance(server, Dialer.sockets())));
        }

        @Override
        Inbound beneath(Inbound inbound) {
            return Tls.inFrontOf(inbound);
        }

        @Override
        HostPort door(Loops loops, HostPort listener) throws Exception {
            return serve(loops, Tls.doorTo(listener));
        }

        private HostPort serve(Loops loops, Inbound inbound) throws Exception {
            return loops.closing(TestListener.bind(loops, inbound, SessionObserver.NONE))
                    .address();
        }
    };

    /** What an outbound is handed for a socket to its server; on the session's loop. */
    Future<Channel> over(Channel socket, HostPort server, Session session) {
        return session.loop().newSucceededFuture(socket);
    }

    /** Where an outbound finds a server that the test plays: at what takes the carrier off. */
    HostPort front(Loops loops, HostPort server) throws Exception {
        return server;
    }

    /** The inbound, for a listener whose clients come by this carrier. */
    Inbound beneath(Inbound inbound) {
        return inbound;
    }

    /** Where a client that the test plays finds such a listener: at what puts the carrier on. */
    HostPort door(Loops loops, HostPort listener) throws Exception {
        return listener;
    }
}
