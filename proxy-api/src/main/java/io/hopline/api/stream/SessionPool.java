package io.hopline.api.stream;

import io.hopline.api.Session;
import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.Promise;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/** The sessions of one event loop, and who waits for a stream of them. */
final class SessionPool {

    /** How far a stream has got that comes to nothing. */
    static final StreamLink.Close UNUSED = new StreamLink.Close(false, false, false);

    private final SessionPools pools;
    private final EventLoop loop;
    private final List<ClientSession> sessions = new ArrayList<>();
    private final Queue<Waiting> waiting = new ArrayDeque<>();
    private @Nullable Future<ClientSession> opening;

    SessionPool(SessionPools pools, EventLoop loop) {
        this.pools = pools;
        this.loop = loop;
    }

    /** A stream that its session's peer does not know of yet, to be bound at once. */
    Future<ClientLink> link(Session session) {
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
        if (waiting.isEmpty() && opening != null) {
            opening.cancel(false);
        }
    }

    /** Gives those that wait what room there is, and opens a session for the others. */
    private void serve() {
        sessions.removeIf(session -> !session.isUsable());
        // Whoever is given a stream may come back for another one from within.
        for (int i = 0; i < sessions.size(); i++) {
            while (!waiting.isEmpty() && i < sessions.size() && sessions.get(i).hasRoom()) {
                ClientLink link = sessions.get(i).open();
                if (!waiting.remove().promise().trySuccess(link)) {
                    link.closed(UNUSED);
                }
            }
        }
        if (!waiting.isEmpty() && opening == null) {
            Future<ClientSession> dialed = pools.open(waiting.element().session(), this::serve);
            opening = dialed;
            dialed.addListener((Future<ClientSession> done) -> opened(done));
        }
    }

    private void opened(Future<ClientSession> done) {
        opening = null;
        if (done.isSuccess()) {
            sessions.add(done.getNow());
        } else if (!done.isCancelled()) {
            List<Waiting> all = new ArrayList<>(waiting);
            waiting.clear();
            all.forEach(one -> one.promise().tryFailure(done.cause()));
        }
        serve();
    }

    private record Waiting(Session session, Promise<ClientLink> promise) {}
}
