package io.hopline.api.transport;

import io.netty.channel.EventLoop;
import io.netty.channel.IoEventLoop;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollDatagramChannel;
import io.netty.channel.epoll.EpollIoHandle;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.DatagramChannel;
import io.netty.channel.socket.ServerSocketChannel;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.SocketProtocolFamily;
import io.netty.channel.socket.nio.NioDatagramChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.net.Inet4Address;
import java.net.InetSocketAddress;
import java.net.SocketAddress;

/** The kinds of sockets that the system offers: epoll where it loads, NIO everywhere. */
public enum Transport {
    EPOLL(EpollServerSocketChannel.class, EpollSocketChannel.class, EpollDatagramChannel.class) {
        @Override
        public IoHandlerFactory ioHandler() {
            return ClosingLoop.over(EpollLoop.factory());
        }

        @Override
        ServerSocketChannel newListener(SocketAddress address) {
            // What it accepts speaks one family then: IPv4 in IPv6 clothes costs more at each packet.
            return address instanceof InetSocketAddress inet && inet.getAddress() instanceof Inet4Address
                    ? new EpollServerSocketChannel(SocketProtocolFamily.INET)
                    : new EpollServerSocketChannel();
        }
    },
    NIO(NioServerSocketChannel.class, NioSocketChannel.class, NioDatagramChannel.class) {
        @Override
        public IoHandlerFactory ioHandler() {
            return ClosingLoop.over(NioIoHandler.newFactory());
        }

        @Override
        ServerSocketChannel newListener(SocketAddress address) {
            return new NioServerSocketChannel();
        }
    };

    private final Class<? extends ServerSocketChannel> listener;
    private final Class<? extends SocketChannel> socket;
    private final Class<? extends DatagramChannel> datagram;

    Transport(
            Class<? extends ServerSocketChannel> listener,
            Class<? extends SocketChannel> socket,
            Class<? extends DatagramChannel> datagram) {
        this.listener = listener;
        this.socket = socket;
        this.datagram = datagram;
    }

    /** The best one that works here. */
    public static Transport best() {
        return Epoll.isAvailable() ? EPOLL : NIO;
    }

    /** The one that the loop drives. */
    public static Transport of(EventLoop loop) {
        boolean epoll = Epoll.isAvailable() && loop instanceof IoEventLoop io && io.isCompatible(EpollIoHandle.class);
        return epoll ? EPOLL : NIO;
    }

    /** Event loops of this kind, on daemon threads. */
    public MultiThreadIoEventLoopGroup loops(int threads) {
        return new MultiThreadIoEventLoopGroup(threads, new DefaultThreadFactory("hopline", true), ioHandler());
    }

    public Class<? extends ServerSocketChannel> listener() {
        return listener;
    }

    public Class<? extends SocketChannel> socket() {
        return socket;
    }

    public Class<? extends DatagramChannel> datagram() {
        return datagram;
    }

    /** What drives one loop of this kind, for groups other than {@link #loops}. */
    public abstract IoHandlerFactory ioHandler();

    abstract ServerSocketChannel newListener(SocketAddress address);
}
