package io.hopline.api.builtin;

import io.netty.channel.EventLoop;
import io.netty.channel.socket.SocketProtocolFamily;
import io.netty.util.concurrent.Future;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Asks for both families of a name's addresses at once (RFC 8305 section 3); what is found becomes a candidate. */
final class Lookup {
    /** How long an IPv4 answer waits for the IPv6 one (RFC 8305 section 8). */
    static final Duration RESOLUTION_DELAY = Duration.ofMillis(50);

    private final EventLoop loop;
    private final Candidates candidates;
    private final Runnable changed;
    private final List<Future<?>> pending = new ArrayList<>(2);
    private final List<Throwable> failures = new ArrayList<>(2);
    private @Nullable Future<?> delay;
    private boolean ready;

    /** @param changed called when there are candidates to try that there weren't before, or the last answer is there */
    Lookup(EventLoop loop, Candidates candidates, Runnable changed) {
        this.loop = loop;
        this.candidates = candidates;
        this.changed = changed;
    }

    void start(String name, Names names, List<SocketProtocolFamily> families) {
        // All are pending before any can answer: an answer from a cache comes at once.
        List<Future<List<InetAddress>>> asked = families.stream()
                .map(family -> names.lookup(name, family, loop))
                .toList();
        pending.addAll(asked);
        for (int i = 0; i < asked.size(); i++) {
            SocketProtocolFamily family = families.get(i);
            asked.get(i).addListener((Future<List<InetAddress>> answer) -> answered(family, answer));
        }
    }

    boolean isDone() {
        return pending.isEmpty();
    }

    /** Why there are no addresses, of each family. */
    List<Throwable> failures() {
        return failures;
    }

    void stop() {
        if (delay != null) {
            delay.cancel(false);
        }
        List.copyOf(pending).forEach(lookup -> lookup.cancel(false));
    }

    private void answered(SocketProtocolFamily family, Future<List<InetAddress>> answer) {
        pending.remove(answer);
        if (answer.isSuccess()) {
            candidates.add(answer.getNow());
        } else {
            failures.add(answer.cause());
        }
        if (ready || isDone() || (answer.isSuccess() && family == SocketProtocolFamily.INET6)) {
            ready();
        } else if (answer.isSuccess()) {
            delay = loop.schedule(this::ready, RESOLUTION_DELAY.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    private void ready() {
        ready = true;
        if (delay != null) {
            delay.cancel(false);
        }
        changed.run();
    }
}
