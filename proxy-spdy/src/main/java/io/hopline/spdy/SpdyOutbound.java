package io.hopline.spdy;

import io.hopline.api.DialException;
import io.hopline.api.DialException.Reason;
import io.hopline.api.HopRef;
import io.hopline.api.HostPort;
import io.hopline.api.HttpOutbound;
import io.hopline.api.Outbound;
import io.hopline.api.Session;
import io.hopline.api.Step;
import io.hopline.api.settings.Credentials;
import io.hopline.api.transport.Dials;
import io.hopline.spdy.http.ClientExchange;
import io.hopline.spdy.http.ConnectExchange;
import io.hopline.spdy.session.SpdyStream;
import io.hopline.spdy.session.StreamResetException;
import io.netty.channel.Channel;
import io.netty.channel.EventLoop;
import io.netty.util.AsciiString;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.Promise;
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
        Promise<Channel> promise = session.loop().newPromise();
        connect(target, session).addListener((Future<Channel> first) -> {
            if (first.isSuccess()) {
                give(first.getNow(), promise);
            } else if (isRefused(first.cause())) {
                // The server has done nothing yet, so asking once more does nothing twice.
                connect(target, session).addListener((Future<Channel> second) -> {
                    if (second.isSuccess()) {
                        give(second.getNow(), promise);
                    } else {
                        promise.tryFailure(explained(second.cause()));
                    }
                });
            } else {
                promise.tryFailure(explained(first.cause()));
            }
        });
        return promise;
    }

    private Future<Channel> connect(HostPort target, Session session) {
        return Dials.then(
                stream(session),
                session,
                stream -> ConnectExchange.run((SpdyStream) stream, at, target, session, authorization, hop.timeout()));
    }

    @Override
    public Future<Channel> dialHttp(HostPort origin, Session session) {
        return Dials.then(stream(session), session, stream -> {
            stream.pipeline().addLast(new ClientExchange(at, authorization));
            return session.loop().newSucceededFuture(stream);
        });
    }

    private Future<Channel> stream(Session session) {
        return pools.computeIfAbsent(session.loop(), loop -> new SessionPool(hop, via, at, loop)).stream(session);
    }

    private static void give(Channel channel, Promise<Channel> promise) {
        if (!promise.trySuccess(channel)) {
            channel.close();
        }
    }

    private static boolean isRefused(Throwable cause) {
        return cause instanceof StreamResetException reset && reset.refused();
    }

    private DialException explained(Throwable cause) {
        return isRefused(cause)
                ? new DialException(Reason.REFUSED, at, Step.HANDSHAKE, String.valueOf(cause.getMessage()))
                : DialException.from(cause, at, Step.HANDSHAKE);
    }

    /** The credentials as Basic has them (RFC 7617), in UTF-8. */
    private static AsciiString basic(Credentials credentials) {
        String pair = credentials.user() + ":" + credentials.password().reveal();
        return new AsciiString("Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8)));
    }
}
