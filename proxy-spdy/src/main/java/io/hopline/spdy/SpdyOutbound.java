package io.hopline.spdy;

import io.hopline.api.HopRef;
import io.hopline.api.HostPort;
import io.hopline.api.HttpOutbound;
import io.hopline.api.Outbound;
import io.hopline.api.Session;
import io.hopline.api.settings.Credentials;
import io.hopline.api.stream.ConnectExchange;
import io.hopline.api.stream.SessionPools;
import io.hopline.api.stream.StreamChannel;
import io.hopline.api.transport.Dials;
import io.hopline.spdy.http.ClientExchange;
import io.hopline.spdy.http.Requests;
import io.hopline.spdy.http.Responses;
import io.hopline.spdy.session.SessionOwner;
import io.hopline.spdy.session.SpdySession;
import io.hopline.spdy.session.StreamHead;
import io.netty.channel.Channel;
import io.netty.util.AsciiString;
import io.netty.util.concurrent.Future;
import java.util.Optional;

/** Opens tunnels and HTTP exchanges on streams of pooled sessions; each event loop has sessions of its own. */
final class SpdyOutbound implements HttpOutbound {

    private final SpdyHop hop;
    private final HopRef at;
    private final Optional<AsciiString> authorization;
    private final SessionPools pools;

    SpdyOutbound(SpdyHop hop, Outbound via, HopRef at) {
        this.hop = hop;
        this.at = at;
        this.authorization = hop.auth().map(Credentials::basic);
        this.pools = new SessionPools(
                hop.at(),
                hop.version().alpn(),
                via,
                at,
                (connection, opened, changed) -> opened.trySuccess(
                        SpdySession.connect(connection, hop.version(), hop.session(), new Owner(changed))));
    }

    @Override
    public Future<Channel> dial(HostPort target, Session session) {
        return Dials.then(
                pools.stream(session),
                session,
                stream -> ConnectExchange.run(
                        stream,
                        Requests.connect(target, authorization),
                        head -> Responses.read((StreamHead) head),
                        at,
                        session,
                        authorization.isPresent(),
                        hop.timeout()));
    }

    @Override
    public Future<Channel> dialHttp(HostPort origin, Session session) {
        return Dials.then(pools.stream(session), session, stream -> {
            stream.pipeline().addLast(new ClientExchange(at, authorization));
            return session.loop().newSucceededFuture(stream);
        });
    }

    /** SPDY knows none. */
    @Override
    public boolean carriesUpgrades() {
        return false;
    }

    /** Tells the pool of what becomes of its session. */
    private record Owner(Runnable room) implements SessionOwner {

        @Override
        public void opened(StreamChannel stream) {
            throw new IllegalStateException("servers open no streams here");
        }

        @Override
        public void changed() {
            room.run();
        }

        @Override
        public void ended(String why) {
            room.run();
        }
    }
}
