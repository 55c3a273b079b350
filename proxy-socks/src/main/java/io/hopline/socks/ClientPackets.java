package io.hopline.socks;

import io.hopline.api.Packet;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.channel.socket.DatagramPacket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/** The relay's side towards its client (RFC 1928 section 7): only the client's datagrams are taken, all from the port of the first. */
final class ClientPackets extends ChannelDuplexHandler {

    private final InetAddress client;
    private final Datagrams datagrams = new Datagrams();
    private @Nullable InetSocketAddress from;

    /** @param port that the client has announced; 0 if it is to be learnt */
    ClientPackets(InetAddress client, int port) {
        this.client = client;
        this.from = port == 0 ? null : new InetSocketAddress(client, port);
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        DatagramPacket datagram = (DatagramPacket) message;
        InetSocketAddress sender = datagram.sender();
        if (from == null ? !sender.getAddress().equals(client) : !sender.equals(from)) {
            datagram.release();
            return;
        }
        Packet packet = datagrams.read(datagram.content());
        if (packet != null) {
            from = sender;
            ctx.fireChannelRead(packet);
        }
    }

    @Override
    public void write(ChannelHandlerContext ctx, Object message, ChannelPromise promise) {
        Packet packet = (Packet) message;
        InetSocketAddress to = from;
        if (to == null || !ctx.channel().isWritable()) {
            packet.release();
            promise.trySuccess();
        } else {
            ctx.write(new DatagramPacket(datagrams.write(ctx.alloc(), packet), to), promise);
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        // What one datagram meets on its way is no end of the association.
    }
}
