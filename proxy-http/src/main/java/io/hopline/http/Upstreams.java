package io.hopline.http;

import io.hopline.api.HostPort;
import io.hopline.api.Session;
import io.hopline.api.guard.Guard;
import io.hopline.api.guard.UserPlace;
import io.netty.channel.EventLoop;
import java.net.InetSocketAddress;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Connections of one inbound on one event loop that wait for another request.
 *
 * <p>A connection leaves as soon as its server ends it or says anything unasked: somebody listens all the time, so that none
 * is handed out that is known to be dead.
 */
final class Upstreams implements Runnable {

    private final EventLoop loop;
    private final PoolSettings settings;
    private final Map<Key, Deque<Upstream>> idle = new HashMap<>();
    private final Set<Upstream> byAge = new LinkedHashSet<>();
    private boolean sweeping;

    /**
     * Whose requests may share connections: those of one user at one address under one guard, since what is dialed may depend on
     * each.
     *
     * @param peer who is asked there; where nobody is, the connection serves no other request
     */
    record Key(Optional<HostPort> peer, Optional<String> user, Object client, Guard guard) {

        static Key of(Optional<HostPort> peer, Session session) {
            Object client = session.client() instanceof InetSocketAddress address && address.getAddress() != null
                    ? address.getAddress()
                    : session.client();
            return new Key(peer, session.user(), client, session.guard());
        }
    }

    Upstreams(EventLoop loop, PoolSettings settings) {
        this.loop = loop;
        this.settings = settings;
    }

    /** The connection that was used last; none for a user who may have no other at present. */
    @Nullable Upstream take(Key key) {
        Deque<Upstream> some = idle.get(key);
        if (some == null) {
            return null;
        }
        Upstream last = some.getLast();
        if (!UserPlace.takeAgain(last.channel())) {
            return null;
        }
        remove(last);
        return last;
    }

    /** Keeps a connection that serves nobody, or closes it. */
    void put(Upstream upstream) {
        Deque<Upstream> some = idle.computeIfAbsent(upstream.key(), key -> new ArrayDeque<>());
        some.addLast(upstream);
        byAge.add(upstream);
        upstream.waitIn(this);
        UserPlace.leave(upstream.channel());
        if (some.size() > settings.perOrigin()) {
            drop(some.getFirst());
        }
        if (byAge.size() > settings.max()) {
            drop(byAge.iterator().next());
        }
        sweepLater();
    }

    /** The connection is not to be handed out. */
    void remove(Upstream upstream) {
        upstream.waitIn(null);
        byAge.remove(upstream);
        Deque<Upstream> some = idle.get(upstream.key());
        if (some != null && some.removeLastOccurrence(upstream) && some.isEmpty()) {
            idle.remove(upstream.key());
        }
    }

    private void drop(Upstream upstream) {
        remove(upstream);
        upstream.channel().close();
    }

    private void sweepLater() {
        if (!sweeping && !byAge.isEmpty()) {
            sweeping = true;
            loop.schedule(this, settings.idle().toNanos() / 2, TimeUnit.NANOSECONDS);
        }
    }

    /** Closes what has waited for too long. */
    @Override
    public void run() {
        sweeping = false;
        long oldest = System.nanoTime() - settings.idle().toNanos();
        while (!byAge.isEmpty() && byAge.iterator().next().idleSince() - oldest <= 0) {
            drop(byAge.iterator().next());
        }
        sweepLater();
    }
}
