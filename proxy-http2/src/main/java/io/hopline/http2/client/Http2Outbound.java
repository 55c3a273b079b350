package io.hopline.http2.client;

import io.hopline.api.HopRef;
import io.hopline.api.HostPort;
import io.hopline.api.HttpOutbound;
import io.hopline.api.Outbound;
import io.hopline.api.Session;
import io.hopline.api.settings.Credentials;
import io.hopline.api.stream.ConnectExchange;
import io.hopline.api.stream.SessionPools;
import io.hopline.api.transport.Dials;
import io.hopline.api.transport.Server;
import io.hopline.http2.message.ClientExchange;
import io.hopline.http2.message.RequestHeads;
import io.hopline.http2.message.ResponseHeads;
import io.hopline.http2.session.Head;
import io.hopline.http2.session.SessionSettings;
import io.netty.channel.Channel;
import io.netty.util.AsciiString;
import io.netty.util.concurrent.Future;
import java.time.Duration;
import java.util.Optional;

/** Opens tunnels and HTTP exchanges on streams of pooled sessions; each event loop has sessions of its own. */
public final class Http2Outbound implements HttpOutbound {

    private final Duration timeout;
    private final Optional<AsciiString> authorization;
    private final HopRef at;
    private final SessionPools pools;

    /**
     * @param credentials what the server is told by Basic authentication
     * @param timeout for the server's SETTINGS, and for its reply to a CONNECT
     */
    public Http2Outbound(
            Server server,
            SessionSettings settings,
            Duration timeout,
            Optional<Credentials> credentials,
            Outbound via,
            HopRef at) {
        this.timeout = timeout;
        this.authorization = credentials.map(Credentials::basic);
        this.at = at;
        this.pools = new SessionPools(
                server,
                "h2",
                via,
                at,
                (connection, opened, changed) -> Greeting.start(connection, settings, timeout, at, opened, changed));
    }

    @Override
    public Future<Channel> dial(HostPort target, Session session) {
        return Dials.then(
                pools.stream(session),
                session,
                stream -> ConnectExchange.run(
                        stream,
                        RequestHeads.connect(target, authorization),
                        head -> ResponseHeads.read((Head) head),
                        at,
                        session,
                        authorization.isPresent(),
                        timeout));
    }

    @Override
    public Future<Channel> dialHttp(HostPort origin, Session session) {
        return Dials.then(pools.stream(session), session, stream -> {
            stream.pipeline().addLast(new ClientExchange(at, authorization));
            return session.loop().newSucceededFuture(stream);
        });
    }

    /** Not every proxy takes extended CONNECT, and all that matter open tunnels. */
    @Override
    public boolean carriesUpgrades() {
        return false;
    }

    @Override
    public String toString() {
        return at.toString();
    }
}
