package io.hopline.spdy;

import io.hopline.api.DialException;
import io.hopline.api.DialException.Reason;
import io.hopline.api.HopRef;
import io.hopline.api.Outbound;
import io.hopline.api.Session;
import io.hopline.api.Step;
import io.hopline.api.stream.StreamChannel;
import io.hopline.api.stream.StreamLink;
import io.hopline.api.transport.TlsLayer;
import io.hopline.spdy.session.SessionOwner;
import io.hopline.spdy.session.SpdySession;
import io.hopline.spdy.session.SpdyStream;
import io.netty.channel.Channel;
import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.Promise;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/** An event loop's sessions to one server: opened when no other has room for a stream, dropped when they take no more. */
final class SessionPool {

    private final SpdyHop hop;
    private final Outbound via;
    private final HopRef at;
    private final EventLoop loop;
    private final List<SpdySession> sessions = new ArrayList<>();
    private final Queue<Waiting> waiting = new ArrayDeque<>();
    private boolean opening;
    private @Nullable Future<Channel> dialing;

    SessionPool(SpdyHop hop, Outbound via, HopRef at, EventLoop loop) {
        this.hop = hop;
        this.via = via;
        this.at = at;
        this.loop = loop;
    }

    /** A new stream, to be bound to its channel at once; fails with a {@link DialException}. */
    Future<SpdyStream> stream(Session session) {
        Waiting one = new Waiting(session, loop.newPromise());
        waiting.add(one);
        one.promise().addListener(done -> {
            if (done.isCancelled()) {
                left(one);
            }
        });
        serve();
        return one.promise();
    }

    /** A session that nobody waits for any more is not worth a dial. */
    private void left(Waiting one) {
        waiting.remove(one);
        if (waiting.isEmpty() && dialing != null) {
            dialing.cancel(false);
        }
    }

    /** Gives those that wait what room there is, and opens a session for the others. */
    private void serve() {
        sessions.removeIf(session -> !session.isUsable());
        for (SpdySession session : sessions) {
            while (!waiting.isEmpty() && session.hasRoom()) {
                SpdyStream stream = session.open();
                if (!waiting.remove().promise().trySuccess(stream)) {
                    stream.closed(new StreamLink.Close(false, false, false));
                }
            }
        }
        if (!waiting.isEmpty() && !opening) {
            opening = true;
            Session first = waiting.element().session();
            dialing = hop.at().dial(via, at, first);
            dialing.addListener((Future<Channel> dialed) -> opened(dialed));
        }
    }

    private void opened(Future<Channel> dialed) {
        opening = false;
        dialing = null;
        DialException failure =
                dialed.isSuccess() ? objection(dialed.getNow()) : DialException.from(dialed.cause(), at, Step.CONNECT);
        if (failure == null) {
            sessions.add(SpdySession.connect(dialed.getNow(), hop.version(), hop.session(), new Owner()));
            serve();
        } else {
            if (dialed.isSuccess()) {
                dialed.getNow().close();
            }
            List<Waiting> all = new ArrayList<>(waiting);
            waiting.clear();
            all.forEach(one -> one.promise().tryFailure(failure));
        }
    }

    /** Where TLS has agreed on a protocol, it must be ours: the other side may speak another one otherwise. */
    private @Nullable DialException objection(Channel channel) {
        String ours = hop.version().alpn();
        return TlsLayer.agreed(channel)
                .filter(agreed -> !agreed.equals(ours))
                .map(agreed -> new DialException(
                        Reason.PROTOCOL, at, Step.TLS, "the server wants to speak " + agreed + ", not " + ours))
                .orElse(null);
    }

    private record Waiting(Session session, Promise<SpdyStream> promise) {}

    private final class Owner implements SessionOwner {

        @Override
        public void opened(StreamChannel stream) {
            throw new IllegalStateException("servers open no streams here");
        }

        @Override
        public void changed() {
            serve();
        }

        @Override
        public void ended(String why) {
            serve();
        }
    }
}
