package io.hopline.api.stream;

import io.hopline.api.DialException;
import io.hopline.api.DialException.Reason;
import io.hopline.api.HopRef;
import io.hopline.api.Outbound;
import io.hopline.api.Session;
import io.hopline.api.Step;
import io.hopline.api.transport.Dials;
import io.hopline.api.transport.Server;
import io.hopline.api.transport.TlsLayer;
import io.netty.channel.Channel;
import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.Promise;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Sessions to one server, those of each event loop apart: opened when no other has room for a stream, dropped when they take no more. */
public final class SessionPools {

    /** Begins sessions. */
    @FunctionalInterface
    public interface Greeter {

        /**
         * Begins a session on a connection to the server.
         *
         * @param opened to be completed with the session once it takes streams, or failed; a session whose future was cancelled is of no
         *     use
         * @param changed to be run whenever the session may have got room, or is of no use any more
         */
        void greet(Channel connection, Promise<ClientSession> opened, Runnable changed);
    }

    private final Server server;
    private final String protocol;
    private final Outbound via;
    private final HopRef at;
    private final Greeter greeter;
    private final Map<EventLoop, SessionPool> pools = new ConcurrentHashMap<>();

    /** @param protocol what TLS must have agreed on by ALPN, if on anything: the server may speak another one otherwise */
    public SessionPools(Server server, String protocol, Outbound via, HopRef at, Greeter greeter) {
        this.server = server;
        this.protocol = protocol;
        this.via = via;
        this.at = at;
        this.greeter = greeter;
    }

    /**
     * A channel on a new stream of one of the session's loop; fails with a {@link DialException}.
     *
     * <p>As long as nothing but a message and the end was sent on it, a server that refuses the stream makes it go out again on another
     * session, and nobody above notices.
     */
    public Future<Channel> stream(Session session) {
        return ClientStream.open(pools.computeIfAbsent(session.loop(), loop -> new SessionPool(this, loop)), session);
    }

    /** Opens another session; fails with a {@link DialException}. */
    Future<ClientSession> open(Session first, Runnable changed) {
        Promise<ClientSession> opened = first.loop().newPromise();
        Future<Channel> dialed = Dials.then(server.dial(via, at, first), first, channel -> agreed(channel, first));
        Dials.cancelWith(opened, dialed);
        dialed.addListener((Future<Channel> done) -> {
            if (!done.isSuccess()) {
                opened.tryFailure(DialException.from(done.cause(), at, Step.CONNECT));
            } else if (opened.isDone()) {
                done.getNow().close();
            } else {
                greet(done.getNow(), opened, changed);
            }
        });
        return opened;
    }

    private void greet(Channel connection, Promise<ClientSession> opened, Runnable changed) {
        try {
            greeter.greet(connection, opened, changed);
        } catch (RuntimeException | LinkageError e) {
            connection.close();
            opened.tryFailure(DialException.from(e, at, Step.HANDSHAKE));
        }
    }

    private Future<Channel> agreed(Channel channel, Session session) {
        String agreed = TlsLayer.agreed(channel).orElse(protocol);
        return agreed.equals(protocol)
                ? session.loop().newSucceededFuture(channel)
                : session.loop()
                        .newFailedFuture(new DialException(
                                Reason.PROTOCOL,
                                at,
                                Step.TLS,
                                "the server wants to speak " + agreed + ", not " + protocol));
    }
}
