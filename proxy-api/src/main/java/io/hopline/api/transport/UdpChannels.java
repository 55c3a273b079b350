package io.hopline.api.transport;

import io.netty.channel.Channel;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.FixedRecvByteBufAllocator;
import io.netty.channel.MessageSizeEstimator;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.epoll.EpollDatagramChannel;
import io.netty.channel.socket.DatagramChannel;
import io.netty.util.concurrent.Future;
import java.net.SocketAddress;

/** How every UDP socket that relays datagrams is opened. */
public final class UdpChannels {

    /** More than any datagram has (RFC 768: a length of 16 bits), so that none is cut short. */
    private static final int ROOM = 64 * 1024;

    /** How many datagrams may wait to be sent; each may hold on to a buffer of ROOM bytes. */
    private static final WriteBufferWaterMark WAITING = new WriteBufferWaterMark(32, 64);

    private static final MessageSizeEstimator EACH_COUNTS_AS_ONE = () -> message -> 1;

    private UdpChannels() {}

    /**
     * Opens a socket bound to the address, auto-read off; on the loop. Once 64 datagrams wait to be sent it is not writable: drop
     * what comes then.
     *
     * @return fails if it can't be made or bound
     */
    public static Future<Channel> bind(SocketAddress local, EventLoop loop) {
        return BoundSockets.bind(() -> make(Transport.of(loop)), local, loop);
    }

    private static Channel make(Transport transport) {
        DatagramChannel channel = transport.newDatagram();
        channel.config().setAutoRead(false);
        channel.config().setOption(ChannelOption.RECVBUF_ALLOCATOR, new FixedRecvByteBufAllocator(ROOM));
        channel.config().setMessageSizeEstimator(EACH_COUNTS_AS_ONE);
        channel.config().setWriteBufferWaterMark(WAITING);
        if (channel instanceof EpollDatagramChannel) {
            channel.pipeline().addFirst(EmptyDatagrams.INSTANCE);
        }
        return channel;
    }
}
