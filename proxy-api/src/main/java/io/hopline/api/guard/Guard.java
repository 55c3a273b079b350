package io.hopline.api.guard;

import io.hopline.api.DialException;
import io.hopline.api.HopRef;
import io.hopline.api.HostPort;
import io.hopline.api.Session;
import io.hopline.api.Unforeseen;
import io.netty.channel.Channel;
import io.netty.util.concurrent.Future;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What one client may do. */
public final class Guard {

    /** Of sessions that nobody from outside has begun: everything is allowed. */
    public static final Guard NONE = new Guard(new InboundGuard(GuardSettings.DEFAULT), null, true);

    private final InboundGuard inbound;
    private final @Nullable InetSocketAddress listener;
    private final boolean near;
    private @Nullable Allowed allowed;

    /** What was allowed last: one client's requests mostly go to one target. */
    private record Allowed(HostPort target, boolean lookedUp) {}

    /**
     * @param listener where the client was accepted
     * @param near whether the client is on this machine
     */
    Guard(InboundGuard inbound, @Nullable InetSocketAddress listener, boolean near) {
        this.inbound = inbound;
        this.listener = listener;
        this.near = near;
    }

    /** The same for a client that somebody says is at this address: nobody comes nearer by being told of. */
    public Guard from(SocketAddress client) {
        return equals(NONE) ? this : new Guard(inbound, listener, near && Addresses.isNear(client));
    }

    /**
     * What is against asking for this target, by its name or, where it is one however it is written, its address.
     *
     * @param lookedUp whether its addresses will be looked up here and judged by {@link #objection(HostPort, InetAddress)}
     */
    public Optional<DialException> objection(HostPort target, boolean lookedUp) {
        return inbound.settings().targets().objection(target, near, lookedUp).map(this::denied);
    }

    /** Whether {@link #objection(HostPort, boolean)} has nothing against it; counts nothing. */
    public boolean allows(HostPort target, boolean lookedUp) {
        // The rules never change, so neither does what they say.
        Allowed before = allowed;
        if (before != null && before.lookedUp == lookedUp && before.target.equals(target)) {
            return true;
        }
        boolean allows =
                inbound.settings().targets().objection(target, near, lookedUp).isEmpty();
        if (allows) {
            allowed = new Allowed(target, lookedUp);
        }
        return allows;
    }

    /** What is against sending anything to this address of the target; to be asked of the very address that is used then. */
    public Optional<DialException> objection(HostPort target, InetAddress address) {
        Optional<DialException> loop = loop(HopRef.TARGET, address, target.port());
        return loop.isPresent()
                ? loop
                : inbound.settings().targets().objection(target, address, near).map(this::denied);
    }

    /** What is against dialing this address of a hop's server: that it would lead back to where the client came from. */
    public Optional<DialException> loop(HopRef at, InetAddress address, int port) {
        if (listener == null || listener.getPort() != port || !OwnAddresses.reach(listener.getAddress(), address)) {
            return Optional.empty();
        }
        count(GuardEvent.LOOP_DENIED);
        return Optional.of(DialException.denied(at, "its own inbound listens there, so this is a loop"));
    }

    /** The target is a server of the chain that would be asked for it. */
    DialException loopOfChain() {
        count(GuardEvent.LOOP_DENIED);
        return DialException.denied(HopRef.TARGET, "its own chain goes through there, so this is a loop");
    }

    /**
     * Opens something towards targets for the session's user, who may have so many and no more; it counts as {@link UserPlace} has it.
     *
     * @param channel of what was opened
     */
    <T> Future<T> forUser(Session session, Supplier<Future<T>> open, Function<T, Channel> channel) {
        if (session.user().isEmpty()) {
            return Unforeseen.dial(session, open);
        }
        String user = session.user().get();
        if (!inbound.users().take(user)) {
            count(GuardEvent.USER_REFUSED);
            return session.loop()
                    .newFailedFuture(DialException.denied(
                            HopRef.TARGET,
                            limits().perUser() + " connections of this user are open, and limits allow no more"));
        }
        UserPlace place = new UserPlace(inbound.users(), user);
        return Unforeseen.dial(session, open).addListener((Future<T> done) -> {
            if (done.isSuccess()) {
                place.give(channel.apply(done.getNow()));
            } else {
                place.leave();
            }
        });
    }

    /** How much the client may take. */
    public Limits limits() {
        return inbound.settings().limits();
    }

    /** Nothing has moved in the client's tunnel for too long. */
    public void tunnelIdle(boolean halfClosed) {
        count(halfClosed ? GuardEvent.HALF_CLOSED_IDLE : GuardEvent.TUNNEL_IDLE);
    }

    /** A client took too long to say what it wants. */
    public void slowClient() {
        count(GuardEvent.SLOW_CLIENT);
    }

    /** A request had a head larger than is taken. */
    public void headTooLarge() {
        count(GuardEvent.HEAD_TOO_LARGE);
    }

    /** A password has to wait, because others from the client's address were wrong. */
    public void passwordSlowed() {
        count(GuardEvent.PASSWORD_SLOWED);
    }

    void count(GuardEvent event) {
        inbound.counts().add(event);
    }

    private DialException denied(String objection) {
        count(GuardEvent.TARGET_DENIED);
        return DialException.denied(HopRef.TARGET, objection);
    }

    /** Guards are equal that judge alike. */
    @Override
    public boolean equals(@Nullable Object other) {
        return other == this
                || (other instanceof Guard guard
                        && inbound.equals(guard.inbound)
                        && Objects.equals(listener, guard.listener)
                        && near == guard.near);
    }

    @Override
    public int hashCode() {
        return Objects.hash(inbound, listener, near);
    }
}
