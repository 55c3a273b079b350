package io.hopline.api;

import io.hopline.api.guard.Guard;
import io.netty.channel.EventLoop;
import java.net.InetAddress;
import java.net.SocketAddress;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

/**
 * One accepted connection, and what is dialed for it.
 *
 * @param inbound the name of the inbound that accepted it
 * @param chain the name of the outbound that serves it
 * @param protocol what the client speaks, as far as it is known by now: the inbound's type or an ALPN token; empty before that
 * @param client the address that it came from, by the PROXY protocol's word where one was spoken
 * @param user who it proved to be
 * @param loop where all that belongs to it runs
 * @param towards whose address is being dialed: a hop's, or {@link HopRef#TARGET}
 * @param guard what the client may do
 * @param observer hears what happens
 */
public record Session(
        long id,
        String inbound,
        String chain,
        String protocol,
        SocketAddress client,
        Optional<String> user,
        EventLoop loop,
        HopRef towards,
        Guard guard,
        SessionObserver observer) {

    private static final AtomicLong IDS = new AtomicLong();

    /** A session with a new id, no user, no guard, and the target ahead. */
    public static Session of(
            String inbound, String chain, SocketAddress client, EventLoop loop, SessionObserver observer) {
        return new Session(
                IDS.incrementAndGet(),
                inbound,
                chain,
                "",
                client,
                Optional.empty(),
                loop,
                HopRef.TARGET,
                Guard.NONE,
                observer);
    }

    public Session withProtocol(String spoken) {
        return new Session(id, inbound, chain, spoken, client, user, loop, towards, guard, observer);
    }

    public Session withUser(String name) {
        return new Session(id, inbound, chain, protocol, client, Optional.of(name), loop, towards, guard, observer);
    }

    /** As somebody says who is trusted to know the client's address. */
    public Session withClient(SocketAddress address) {
        return new Session(id, inbound, chain, protocol, address, user, loop, towards, guard.from(address), observer);
    }

    public Session withTowards(HopRef hop) {
        return new Session(id, inbound, chain, protocol, client, user, loop, hop, guard, observer);
    }

    public Session withGuard(Guard other) {
        return new Session(id, inbound, chain, protocol, client, user, loop, towards, other, observer);
    }

    /** What is against opening a socket to this address of the target, or of the hop that is being dialed. */
    public Optional<DialException> objection(HostPort asked, InetAddress address) {
        return towards.position() == 0 ? guard.objection(asked, address) : guard.loop(towards, address, asked.port());
    }

    /** Tells the observer of a step that went well. */
    public void passed(HopRef at, Step step, String detail, long startNanos) {
        passed(at, step, () -> detail, startNanos);
    }

    /** The same, where words cost something: most observers don't ask for them. */
    public void passed(HopRef at, Step step, Supplier<String> detail, long startNanos) {
        observer.passed(this, at, step, detail, System.nanoTime() - startNanos);
    }
}
