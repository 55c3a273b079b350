package io.hopline.api.builtin;

import io.hopline.api.HostPort;
import io.hopline.api.Packet;
import io.hopline.api.Session;
import io.netty.channel.socket.SocketProtocolFamily;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/** Where one peer's packets are sent to: the address is found once, for a name again after a second. */
final class Destination {
    /** One lookup is no great matter, even if a cache has the answer, but one for each of a thousand packets is. */
    private static final Duration MEMORY = Duration.ofSeconds(1);

    private final HostPort peer;
    private final Session session;
    private final Queue<Packet> held = new ArrayDeque<>(1);
    private final Candidates candidates = new Candidates();
    private @Nullable Lookup lookup;
    private @Nullable InetSocketAddress address;
    private long foundNanos;
    private boolean found;

    Destination(HostPort peer, Session session) {
        this.peer = peer;
        this.session = session;
    }

    /** Whether the address is found without asking anybody. */
    boolean findHere() {
        List<InetAddress> known = LocalNames.addresses(peer.host());
        if (known.isEmpty()) {
            return false;
        }
        candidates.add(known);
        if (known.stream().allMatch(InetAddress::isLoopbackAddress)) {
            // No datagram tells that nobody listens there, and who listens on one of the two mostly does on 127.0.0.1.
            candidates.beginWithV4();
        }
        found();
        return true;
    }

    /** @param later told once the address is found, or found to be none */
    void lookUp(Names names, List<SocketProtocolFamily> families, Runnable later) {
        lookup = new Lookup(session.loop(), candidates, () -> looked(later));
        lookup.start(peer.host(), names, families);
    }

    /** Whether the address is known, or known to be none. */
    boolean isFound() {
        return found;
    }

    /** Whether it is time to ask for the name again. */
    boolean isOld() {
        return found && lookup != null && now() - foundNanos > MEMORY.toNanos();
    }

    /** The address; null if there is none, or none yet. */
    @Nullable InetSocketAddress address() {
        return address;
    }

    /** Turns to the next address, if there is one, since this one can't be sent to. */
    void tryNext(InetSocketAddress failed) {
        if (failed.equals(address)) {
            next();
        }
    }

    /** Whether there is another address if this one can't be sent to. */
    boolean hasOthers() {
        return !candidates.isEmpty();
    }

    /** Packets that wait for the address. */
    Queue<Packet> held() {
        return held;
    }

    /** Stops the lookup and drops what is held. */
    void stop() {
        held.forEach(Packet::release);
        held.clear();
        if (lookup != null) {
            lookup.stop();
        }
    }

    private void looked(Runnable later) {
        if (!found && (!candidates.isEmpty() || (lookup != null && lookup.isDone()))) {
            found();
            later.run();
        }
    }

    private void found() {
        found = true;
        foundNanos = now();
        next();
    }

    /** What the session's guard has anything against is no address. */
    private void next() {
        InetAddress next = candidates.poll();
        while (next != null && session.objection(peer, next).isPresent()) {
            next = candidates.poll();
        }
        address = next == null ? null : new InetSocketAddress(next, peer.port());
    }

    private long now() {
        return session.loop().ticker().nanoTime();
    }
}
