package io.hopline.socks;

import io.hopline.api.HostPort;
import io.hopline.api.Packet;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.util.NetUtil;
import org.jspecify.annotations.Nullable;

/** Sends packets through a server's relay and takes those that come back through it; from anybody else none is taken. */
final class RelayedPackets extends ChannelDuplexHandler {

    private final HostPort relay;
    /** As it is told of what comes; null where the relay is known by a name. */
    private final @Nullable HostPort sender;

    private final Datagrams datagrams = new Datagrams();

    RelayedPackets(HostPort relay) {
        this.relay = relay;
        byte[] address = NetUtil.createByteArrayFromIpAddressString(relay.host());
        this.sender = address == null ? null : new HostPort(Socks5Address.literal(address), relay.port());
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
    private boolean isRelay(HostPort peer) {
        return sender == null ? relay.port() == peer.port() : sender.equals(peer);
    }
}
