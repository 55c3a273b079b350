package io.hopline.http2.client;

import io.hopline.api.HopRef;
import io.hopline.api.HostPort;
import io.hopline.api.HttpOutbound;
import io.hopline.api.Outbound;
import io.hopline.api.Session;
import io.hopline.api.settings.Credentials;
import io.hopline.api.transport.Dials;
import io.hopline.api.transport.Server;
import io.hopline.http2.message.ClientExchange;
import io.hopline.http2.message.ConnectExchange;
import io.hopline.http2.session.SessionSettings;
import io.hopline.http2.session.SessionStream;
import io.netty.channel.Channel;
import io.netty.channel.EventLoop;
import io.netty.util.AsciiString;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.Promise;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Opens tunnels and HTTP exchanges on streams of pooled sessions; each event loop has sessions of its own. */
public final class Http2Outbound implements HttpOutbound {

    private final Server server;
    private final SessionSettings settings;
    private final Duration timeout;
    private final Optional<AsciiString> authorization;
    private final Outbound via;
    private final HopRef at;
    private final Map<EventLoop, SessionPool> pools = new ConcurrentHashMap<>();

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
        this.server = server;
        this.settings = settings;
        this.timeout = timeout;
        this.authorization = credentials.map(Http2Outbound::basic);
        this.via = via;
        this.at = at;
    }

    @Override
    public Future<Channel> dial(HostPort target, Session session) {
        return Dials.then(
                stream(session),
                session,
                stream -> ConnectExchange.run(stream, at, target, session, authorization, timeout));
    }

    @Override
    public Future<Channel> dialHttp(HostPort origin, Session session) {
        return Dials.then(stream(session), session, stream -> {
            stream.pipeline().addLast(new ClientExchange(at, authorization));
            return session.loop().newSucceededFuture(stream);
        });
    }

    /** Not every proxy takes extended CONNECT, and all that matter open tunnels. */
    @Override
    public boolean carriesUpgrades() {
        return false;
    }

    private Future<Channel> stream(Session session) {
        SessionPool pool = pools.computeIfAbsent(
                session.loop(), loop -> new SessionPool(server, settings, timeout, via, at, session));
        Promise<Channel> promise = session.loop().newPromise();
        Future<SessionStream> opening = pool.stream();
        Dials.cancelWith(promise, opening);
        opening.addListener((Future<SessionStream> stream) -> {
            if (!stream.isSuccess()) {
                promise.tryFailure(stream.cause());
            } else {
                Channel channel = ClientStream.open(pool, stream.getNow());
                if (!promise.trySuccess(channel)) {
                    channel.close();
                }
            }
        });
        return promise;
    }

    /** The credentials as Basic has them (RFC 7617), in UTF-8. */
    private static AsciiString basic(Credentials credentials) {
        String pair = credentials.user() + ":" + credentials.password().reveal();
        return new AsciiString("Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8)));
    }

    @Override
    public String toString() {
        return at.toString();
    }
}
