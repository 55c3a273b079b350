package io.hopline.api;

import io.netty.channel.EventLoop;
import java.net.SocketAddress;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/**
 * One accepted connection, and what is dialed for it.
 *
 * @param inbound the name of the inbound that accepted it
 * @param chain the name of the outbound that serves it
 * @param client the address that it came from, by the PROXY protocol's word where one was spoken
 * @param user who it proved to be
 * @param loop where all that belongs to it runs
 * @param towards whose address is being dialed: a hop's, or {@link HopRef#TARGET}
 * @param observer hears what happens
 */
public record Session(
        long id,
        String inbound,
        String chain,
        SocketAddress client,
        Optional<String> user,
        EventLoop loop,
        HopRef towards,
        SessionObserver observer) {

    private static final AtomicLong IDS = new AtomicLong();

    /** A session with a new id, no user, and the target ahead. */
    public static Session of(
            String inbound, String chain, SocketAddress client, EventLoop loop, SessionObserver observer) {
        return new Session(
                IDS.incrementAndGet(), inbound, chain, client, Optional.empty(), loop, HopRef.TARGET, observer);
    }

    public Session withUser(String name) {
        return new Session(id, inbound, chain, client, Optional.of(name), loop, towards, observer);
    }

    public Session withClient(SocketAddress address) {
        return new Session(id, inbound, chain, address, user, loop, towards, observer);
    }

    public Session withTowards(HopRef hop) {
        return new Session(id, inbound, chain, client, user, loop, hop, observer);
    }

    /** Tells the observer of a step that went well. */
    public void passed(HopRef at, Step step, String detail, long startNanos) {
        observer.passed(this, at, step, detail, System.nanoTime() - startNanos);
    }
}
