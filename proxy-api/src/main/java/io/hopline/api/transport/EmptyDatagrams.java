package io.hopline.api.transport;

import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.netty.channel.epoll.EpollDatagramChannel;
import io.netty.channel.socket.DatagramPacket;
import io.netty.channel.unix.Socket;
import java.io.IOException;
import java.net.InetSocketAddress;

/**
 * Sends datagrams of no bytes, at once. Netty 4.2.18's epoll only says that it has sent them, and where others wait beside them it
 * sends one of those twice.
 */
@Sharable
final class EmptyDatagrams extends ChannelOutboundHandlerAdapter {

    static final EmptyDatagrams INSTANCE = new EmptyDatagrams();

    private EmptyDatagrams() {}

    @Override
    public void write(ChannelHandlerContext ctx, Object message, ChannelPromise promise) {
        if (message instanceof DatagramPacket datagram && !datagram.content().isReadable()) {
            datagram.release();
            try {
                send((EpollDatagramChannel) ctx.channel(), datagram.recipient());
                promise.trySuccess();
            } catch (IOException e) {
                promise.tryFailure(e);
            }
        } else {
            ctx.write(message, promise);
        }
    }

    private static void send(EpollDatagramChannel channel, InetSocketAddress to) throws IOException {
        ((Socket) channel.fd()).sendToAddress(0, 0, 0, to.getAddress(), to.getPort());
    }
}
