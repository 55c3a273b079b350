package io.hopline.api.guard;

import io.netty.channel.Channel;
import java.net.InetSocketAddress;

/** Guards one running inbound. */
public final class InboundGuard {

    private final GuardSettings settings;
    private final GuardCounts counts = new GuardCounts();

    public InboundGuard(GuardSettings settings) {
        this.settings = settings;
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

    public GuardCounts counts() {
        return counts;
    }

    GuardSettings settings() {
        return settings;
    }
}
