package io.hopline.testkit;

import io.hopline.api.HostPort;
import io.hopline.api.Outbound;
import io.hopline.api.Session;
import io.netty.channel.Channel;
import io.netty.util.concurrent.Future;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** Dials the loopback address whatever host is asked for, and remembers what was asked for. */
public final class LoopbackOutbound implements Outbound {

    private final Outbound sockets = Dialer.sockets();
    private final Queue<HostPort> dialed = new ConcurrentLinkedQueue<>();

    /** The targets so far. */
    public Queue<HostPort> dialed() {
        return dialed;
    }

    @Override
    public Future<Channel> dial(HostPort target, Session session) {
        dialed.add(target);
        return sockets.dial(new HostPort("127.0.0.1", target.port()), session);
    }
}
