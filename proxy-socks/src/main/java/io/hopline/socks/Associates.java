package io.hopline.socks;

import io.hopline.api.HopRef;
import io.hopline.api.HostPort;
import io.hopline.api.PacketOutbound;
import io.hopline.api.Session;
import io.hopline.api.transport.Dials;
import io.hopline.api.transport.Server;
import io.netty.channel.Channel;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.Promise;

/** Also sends datagrams through the server's relay (RFC 1928 section 7), where what is beneath carries them there. */
final class Associates extends Asks implements PacketOutbound {

    private final PacketOutbound via;
    private final HopRef hop;

    Associates(Server server, PacketOutbound via, HopRef hop, Clients clients) {
        super(server, via, hop, clients);
        this.via = via;
        this.hop = hop;
    }

    @Override
    public Future<Channel> associate(Session session) {
        Promise<Channel> result = session.loop().newPromise();
        ask(Ask.associate(), session, result, (control, relay) -> {
            if (!result.isDone()) {
                open(session, result, control, relay);
            }
        });
        return result;
    }

    private void open(Session session, Promise<Channel> result, Channel control, HostPort relay) {
        Future<Channel> opening = via.associate(session.withTowards(hop));
        Dials.cancelWith(result, opening);
        opening.addListener((Future<Channel> opened) -> {
            if (!opened.isSuccess()) {
                result.tryFailure(opened.cause());
                return;
            }
            Channel packets = opened.getNow();
            packets.pipeline().addLast(new RelayedPackets(relay));
            packets.closeFuture().addListener(closed -> control.close());
            Control.watch(control, packets::close);
            if (!result.trySuccess(packets)) {
                packets.close();
            }
        });
    }
}
