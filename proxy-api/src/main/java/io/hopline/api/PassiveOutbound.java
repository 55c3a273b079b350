package io.hopline.api;

import io.netty.channel.Channel;
import io.netty.util.concurrent.Future;
import java.util.function.Consumer;

/** An outbound that also waits for a peer to connect, as FTP's data connections need it. */
public interface PassiveOutbound extends Outbound {

    /**
     * Waits for one connection from the expected peer; called as {@link #dial} is. A connection from anybody else fails it with
     * DENIED.
     *
     * @param expected its port doesn't matter; 0.0.0.0 and :: stand for everybody
     * @param listening is told on the session's loop where the peer must connect to, once, before the future completes well
     * @return completes as that of {@link #dial} does, as late as the peer likes; cancelling it stops the wait
     */
    Future<Accepted> listen(HostPort expected, Session session, Consumer<HostPort> listening);

    /**
     * A peer that has connected.
     *
     * @param peer where it came from
     * @param channel as {@link #dial} opens them
     */
    record Accepted(HostPort peer, Channel channel) {}
}
