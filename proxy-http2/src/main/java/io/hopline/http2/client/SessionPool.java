package io.hopline.http2.client;

import io.hopline.api.DialException;
import io.hopline.api.DialException.Reason;
import io.hopline.api.HopRef;
import io.hopline.api.Outbound;
import io.hopline.api.Session;
import io.hopline.api.Step;
import io.hopline.api.transport.Server;
import io.hopline.api.transport.TlsLayer;
import io.hopline.http2.session.Http2Session;
import io.hopline.http2.session.SessionOwner;
import io.hopline.http2.session.SessionSettings;
import io.hopline.http2.session.SessionStream;
import io.netty.channel.Channel;
import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.Promise;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** An event loop's sessions to one server: opened when no other has room for a stream, dropped when they take no more. */
final class SessionPool implements SessionOwner {

    private final Server server;
    private final SessionSettings settings;
    private final Duration timeout;
    private final Outbound via;
    private final HopRef at;
    private final EventLoop loop;
    private final List<Http2Session> sessions = new ArrayList<>();
    private final Queue<Promise<SessionStream>> waiting = new ArrayDeque<>();
    private final Session dialing;
    private boolean opening;
    private @Nullable Future<Channel> dialed;
    private @Nullable Http2Session greeting;

    /** @param first whose dial it is that begins the pool */
    SessionPool(Server server, SessionSettings settings, Duration timeout, Outbound via, HopRef at, Session first) {
        this.server = server;
        this.settings = settings;
        this.timeout = timeout;
        this.via = via;
        this.at = at;
        this.loop = first.loop();
        this.dialing = first;
    }

    EventLoop loop() {
        return loop;
    }

    /** A new stream, of which the server does not know yet; fails with a {@link DialException}. */
    Future<SessionStream> stream() {
        Promise<SessionStream> promise = loop.newPromise();
        waiting.add(promise);
        promise.addListener(done -> {
            if (done.isCancelled()) {
                left(promise);
            }
        });
        serve();
        return promise;
    }

    /** A session that nobody waits for any more is not worth a dial. */
    private void left(Promise<SessionStream> one) {
        waiting.remove(one);
        if (waiting.isEmpty() && dialed != null) {
            dialed.cancel(false);
        }
    }

    /** Gives those that wait what room there is, and opens a session for the others. */
    private void serve() {
        sessions.removeIf(session -> session.isDraining() || !session.isAlive());
        for (Http2Session session : sessions) {
            while (!waiting.isEmpty() && session.free() > 0) {
                SessionStream stream = session.newStream();
                if (!waiting.remove().trySuccess(stream)) {
                    stream.discard();
                }
            }
        }
        if (!waiting.isEmpty() && !opening) {
            opening = true;
            dialed = server.dial(via, at, dialing);
            dialed.addListener((Future<Channel> done) -> dialed(done));
        }
    }

    private void dialed(Future<Channel> done) {
        dialed = null;
        DialException failure =
                done.isSuccess() ? objection(done.getNow()) : DialException.from(done.cause(), at, Step.CONNECT);
        if (failure == null) {
            Http2Session session = Http2Session.open(done.getNow(), settings, this);
            greeting = session;
            // It is known only now how many streams the server takes, and what they may carry.
            loop.schedule(() -> tooLate(session), timeout.toMillis(), TimeUnit.MILLISECONDS);
            changed(session);
        } else {
            if (done.isSuccess()) {
                done.getNow().close();
            }
            fail(failure);
        }
    }

    /** Where TLS has agreed on a protocol, it must be ours: the other side may speak another one otherwise. */
    private @Nullable DialException objection(Channel channel) {
        Optional<String> agreed = TlsLayer.agreed(channel);
        return agreed.isEmpty() || agreed.get().equals("h2")
                ? null
                : new DialException(
                        Reason.PROTOCOL, at, Step.TLS, "the server wants to speak " + agreed.get() + ", not h2");
    }

    private void tooLate(Http2Session session) {
        if (session.equals(greeting)) {
            greeting = null;
            session.close("no SETTINGS");
            fail(new DialException(
                    Reason.TIMEOUT, at, Step.HANDSHAKE, "no SETTINGS within " + timeout.toMillis() + " ms"));
        }
    }

    @Override
    public void changed(Http2Session session) {
        if (session.equals(greeting)) {
            if (session.hasPeerSettings()) {
                greeting = null;
                opening = false;
                sessions.add(session);
                if (session.free() <= 0) {
                    // The next session would be told the same, and the one behind it.
                    fail(new DialException(Reason.REFUSED, at, Step.HANDSHAKE, "the server takes no streams"));
                }
            } else if (!session.isAlive()) {
                greeting = null;
                fail(new DialException(Reason.PROTOCOL, at, Step.HANDSHAKE, session.lossReason()));
            }
        }
        serve();
    }

    private void fail(DialException failure) {
        opening = false;
        List<Promise<SessionStream>> all = new ArrayList<>(waiting);
        waiting.clear();
        all.forEach(promise -> promise.tryFailure(failure));
    }
}
