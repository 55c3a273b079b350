package io.hopline.testkit.http1;

import io.hopline.api.Hop;
import io.hopline.api.HopRef;
import io.hopline.api.HostPort;
import io.hopline.api.HttpInbound;
import io.hopline.api.Outbound;
import io.hopline.api.Session;
import io.hopline.api.SessionObserver;
import io.hopline.api.transport.Dials;
import io.hopline.testkit.PipeChannel;
import io.netty.channel.Channel;
import java.util.Optional;

/** A hop whose session with its server ends right behind it, so that the connection beneath carries the one stream alone. */
record StreamingHop(Hop hop, Server serving) implements Hop {

    /** Serves a session. */
    @FunctionalInterface
    interface Server {
        void serve(Channel channel, Session session, HttpInbound next);
    }

    @Override
    public String type() {
        return hop.type();
    }

    @Override
    public Optional<HostPort> server() {
        return hop.server();
    }

    @Override
    public Outbound over(Outbound via, HopRef at) {
        Outbound sessions = (target, session) -> Dials.then(
                via.dial(target, session),
                session,
                connection -> session.loop().newSucceededFuture(begin(connection, session)));
        return hop.over(sessions, at);
    }

    private Channel begin(Channel connection, Session session) {
        Channel[] ends = PipeChannel.pair(session.loop());
        Session served = Session.of("server", "test", session.client(), session.loop(), SessionObserver.NONE);
        serving.serve(ends[1], served, new Http1Server(connection));
        return ends[0];
    }

    @Override
    public String describe() {
        return hop.describe();
    }
}
