package io.hopline.socks;

import io.hopline.api.Packet;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;

/** One end of an association: what is read here is written there, where it is dropped if there is no room. */
final class PacketRelay extends ChannelInboundHandlerAdapter {

    private final Channel peer;
    private long bytes;
    private long packets;

    PacketRelay(Channel peer) {
        this.peer = peer;
    }

    /** Bytes of data read at this end so far. */
    long bytes() {
        return bytes;
    }

    /** Packets read at this end so far. */
    long packets() {
        return packets;
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        Packet packet = (Packet) message;
        bytes += packet.content().readableBytes();
        packets++;
        peer.write(packet, peer.voidPromise());
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext ctx) {
        peer.flush();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        ctx.close();
    }
}
