package io.hopline.spdy;

import io.hopline.api.HopRef;
import io.hopline.api.HostPort;
import io.hopline.api.HttpOutbound;
import io.hopline.api.Outbound;
import io.hopline.api.Session;
import io.hopline.api.settings.Credentials;
import io.hopline.api.transport.Dials;
import io.hopline.spdy.http.ClientExchange;
import io.hopline.spdy.http.ConnectExchange;
import io.netty.channel.Channel;
import io.netty.channel.EventLoop;
import io.netty.util.AsciiString;
import io.netty.util.concurrent.Future;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Opens tunnels and HTTP exchanges on streams of pooled sessions; each event loop has sessions of its own. */
final class SpdyOutbound implements HttpOutbound {

    private final SpdyHop hop;
    private final Outbound via;
    private final HopRef at;
    private final Optional<AsciiString> authorization;
    private final Map<EventLoop, SessionPool> pools = new ConcurrentHashMap<>();

    SpdyOutbound(SpdyHop hop, Outbound via, HopRef at) {
        this.hop = hop;
        this.via = via;
        this.at = at;
        this.authorization = hop.auth().map(SpdyOutbound::basic);
    }

    @Override
    public Future<Channel> dial(HostPort target, Session session) {
        return Dials.then(
                stream(session),
                session,
                stream -> ConnectExchange.run(stream, at, target, session, authorization, hop.timeout()));
    }

    @Override
    public Future<Channel> dialHttp(HostPort origin, Session session) {
        return Dials.then(stream(session), session, stream -> {
            stream.pipeline().addLast(new ClientExchange(at, authorization));
            return session.loop().newSucceededFuture(stream);
        });
    }

    /** SPDY knows none. */
    @Override
    public boolean carriesUpgrades() {
        return false;
    }

    private Future<Channel> stream(Session session) {
        return OwnStream.open(
                pools.computeIfAbsent(session.loop(), loop -> new SessionPool(hop, via, at, loop)), session);
    }

    /** The credentials as Basic has them (RFC 7617), in UTF-8. */
    private static AsciiString basic(Credentials credentials) {
        String pair = credentials.user() + ":" + credentials.password().reveal();
        return new AsciiString("Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8)));
    }
}
