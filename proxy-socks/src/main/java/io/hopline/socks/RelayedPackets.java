package io.hopline.socks;

import io.hopline.api.HostPort;
import io.hopline.api.Packet;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;

/** Sends packets through a server's relay and takes those that come back through it; from anybody else none is taken. */
final class RelayedPackets extends ChannelDuplexHandler {

    private final HostPort relay;
    private final Datagrams datagrams = new Datagrams();

    RelayedPackets(HostPort relay) {
        this.relay = relay;
    }

    @Override
    public void write(ChannelHandlerContext ctx, Object message, ChannelPromise promise) {
        ctx.write(new Packet(relay, datagrams.write(ctx.alloc(), (Packet) message)), promise);
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        Packet outer = (Packet) message;
        if (!isRelay(outer.peer())) {
            outer.release();
            return;
        }
        Packet inner = datagrams.read(outer.content());
        if (inner != null) {
            ctx.fireChannelRead(inner);
        }
    }

    /** A relay that is known by a name has an address that only who looked it up knows, and takes nothing from others. */
    private boolean isRelay(HostPort sender) {
        return relay.isLiteral() ? relay.equals(sender) : relay.port() == sender.port();
    }
}
