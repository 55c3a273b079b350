package io.hopline.api.guard;

import io.hopline.api.Abort;
import io.hopline.api.HostPort;
import io.hopline.api.Inbound;
import io.hopline.api.Session;
import io.netty.channel.Channel;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Counts the open connections of one inbound, and resets those that are too many before they cost anything. */
final class Connections {

    private static final Logger log = LoggerFactory.getLogger(InboundGuard.class);
    /** A flood is told now and then, not connection by connection. */
    private static final long PAUSE_NANOS = 10_000_000_000L;

    private final Limits limits;
    private final GuardCounts counts;
    private final AtomicInteger open = new AtomicInteger();
    private final Tally<ByteBuffer> byClient;
    private final AtomicLong quietUntil = new AtomicLong(System.nanoTime());

    Connections(Limits limits, GuardCounts counts) {
        this.limits = limits;
        this.counts = counts;
        this.byClient = new Tally<>(limits.perClient());
    }

    /** Lets so many in as the inbound may have. */
    Inbound limited(Inbound next) {
        return (client, session) -> {
            if (open.incrementAndGet() > limits.connections()) {
                open.decrementAndGet();
                refuse(client, session, GuardEvent.CONNECTION_REFUSED, limits.connections() + " connections are open");
                return;
            }
            client.closeFuture().addListener(closed -> open.decrementAndGet());
            next.accept(client, session);
        };
    }

    /** Lets so many in of each client as one may have. */
    Inbound limitedByClient(Inbound next) {
        return (client, session) -> {
            if (!(session.client() instanceof InetSocketAddress) || Addresses.isNear(session.client())) {
                next.accept(client, session);
                return;
            }
            ByteBuffer key = key(session.client());
            if (!byClient.take(key)) {
                refuse(client, session, GuardEvent.CLIENT_REFUSED, limits.perClient() + " connections of it are open");
                return;
            }
            client.closeFuture().addListener(closed -> byClient.giveBack(key));
            next.accept(client, session);
        };
    }

    private void refuse(Channel client, Session session, GuardEvent event, String why) {
        counts.add(event);
        client.writeAndFlush(Abort.INSTANCE);
        long now = System.nanoTime();
        long until = quietUntil.get();
        if (now - until >= 0 && quietUntil.compareAndSet(until, now + PAUSE_NANOS)) {
            SocketAddress from = session.client();
            log.warn(
                    "inbound \"{}\" refuses connections, such as one from {}: {}, and limits allow no more ({} refused"
                            + " so far)",
                    session.inbound(),
                    from instanceof InetSocketAddress address ? HostPort.of(address) : from,
                    why,
                    counts.of(event));
        }
    }

    /** One customer has a whole /64 of IPv6. */
    private static ByteBuffer key(SocketAddress client) {
        InetAddress address = ((InetSocketAddress) client).getAddress();
        byte[] bytes = address == null
                ? new byte[0]
                : Addresses.meant(address.getAddress()).get(0);
        return ByteBuffer.wrap(bytes.length == 16 ? Arrays.copyOf(bytes, 8) : bytes);
    }
}
