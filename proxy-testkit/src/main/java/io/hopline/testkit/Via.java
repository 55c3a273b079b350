package io.hopline.testkit;

import io.hopline.api.HostPort;
import io.hopline.api.Outbound;
import io.hopline.api.Session;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.util.concurrent.Future;
import java.util.List;

/** What is beneath the outbound under test: sockets, or streams through sockets. */
final class Via implements Outbound {

    private final Outbound dialer = new Dialer(this::prepare);
    private final Carrier carrier;
    private final boolean trickles;
    private volatile List<ChannelHandler> handlers = List.of();

    /** @param trickles whether what is read comes byte by byte */
    Via(Carrier carrier, boolean trickles) {
        this.carrier = carrier;
        this.trickles = trickles;
    }

    @Override
    public Future<Channel> dial(HostPort target, Session session) {
        return dialer.dial(target, session);
    }

    /** The handlers of the last channel at the time when it was handed over. */
    List<ChannelHandler> handlers() {
        return handlers;
    }

    private Channel prepare(Channel socket) {
        Channel channel = carrier.over(socket);
        if (trickles) {
            channel.pipeline().addLast(new Trickle());
        }
        handlers = List.copyOf(channel.pipeline().toMap().values());
        return channel;
    }
}
