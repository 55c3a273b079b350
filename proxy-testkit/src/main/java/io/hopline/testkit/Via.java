package io.hopline.testkit;

import io.hopline.api.HostPort;
import io.hopline.api.Outbound;
import io.hopline.api.Session;
import io.hopline.api.transport.Dials;
import io.hopline.api.transport.Leftovers;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.util.concurrent.Future;
import java.util.List;

/** What is beneath the outbound under test: sockets, or what is carried by them. */
final class Via implements Outbound {

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
        Future<Channel> carried = Dials.then(
                Dialer.sockets().dial(target, session), session, socket -> carrier.over(socket, target, session));
        return Dials.then(carried, session, channel -> session.loop().newSucceededFuture(prepare(channel)));
    }

    /** The handlers of the last channel at the time when it was handed over, without the gate of TLS, which goes with the first read. */
    List<ChannelHandler> handlers() {
        return handlers;
    }

    private Channel prepare(Channel channel) {
        if (trickles) {
            channel.pipeline().addLast(new Trickle());
        }
        handlers = channel.pipeline().toMap().values().stream()
                .filter(handler -> !(handler instanceof Leftovers))
                .toList();
        return channel;
    }
}
