package io.hopline.api.guard;

import io.hopline.api.Inbound;
import io.netty.channel.Channel;
import java.net.InetSocketAddress;

/** Guards one running inbound. */
public final class InboundGuard {

    private final GuardSettings settings;
    private final GuardCounts counts = new GuardCounts();
    private final Connections connections;
    private final Tally<String> users;

    public InboundGuard(GuardSettings settings) {
        this.settings = settings;
        this.connections = new Connections(settings.limits(), counts);
        this.users = new Tally<>(settings.limits().perUser());
    }

    /** What a client may do that this channel was accepted from. */
    public Guard guard(Channel client) {
        Channel listener = client.parent();
        boolean tcp = listener != null && listener.localAddress() instanceof InetSocketAddress;
        return new Guard(
                this,
                tcp ? (InetSocketAddress) listener.localAddress() : null,
                Addresses.isNear(client.remoteAddress()));
    }

    /** Lets the inbound have so many connections as its limits allow; belongs in front of all else. */
    public Inbound limited(Inbound next) {
        return connections.limited(next);
    }

    /** The same for each client's address; belongs right behind where that is known. */
    public Inbound limitedByClient(Inbound next) {
        return connections.limitedByClient(next);
    }

    /** Nothing is accepted for a moment, for want of descriptors. */
    public void acceptPaused() {
        counts.add(GuardEvent.ACCEPT_PAUSED);
    }

    public GuardCounts counts() {
        return counts;
    }

    GuardSettings settings() {
        return settings;
    }

    /** The connections towards targets that users have. */
    Tally<String> users() {
        return users;
    }
}
