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
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.Locale;
import java.util.Optional;

/**
 * The kinds of sockets that the system offers: epoll where it loads, NIO everywhere.
 *
 * <p>Only the methods of each name its classes, so that none is loaded of a kind that is not used.
 */
public enum Transport {
    EPOLL {
        @Override
        public Optional<String> obstacle() {
            return Obstacle.of(Epoll.unavailabilityCause());
        }

        @Override
        public IoHandlerFactory ioHandler() {
            return ClosingLoop.over(EpollLoop.factory());
        }

        @Override
        public Class<? extends ServerSocketChannel> listener() {
            return EpollServerSocketChannel.class;
        }

        @Override
        public Class<? extends SocketChannel> socket() {
            return EpollSocketChannel.class;
        }

        @Override
        public Class<? extends DatagramChannel> datagram() {
            return EpollDatagramChannel.class;
        }

        @Override
        ServerSocketChannel newListener() {
            return new EpollServerSocketChannel();
        }

        @Override
        ServerSocketChannel newListener(SocketAddress address) {
            // What it accepts speaks one family then: IPv4 in IPv6 clothes costs more at each packet.
            return address instanceof InetSocketAddress inet && inet.getAddress() instanceof Inet4Address
                    ? new EpollServerSocketChannel(SocketProtocolFamily.INET)
                    : newListener();
        }

        @Override
        public SocketChannel newSocket(InetAddress to) {
            // One that speaks both families costs two system calls more.
            return new EpollSocketChannel(
                    to instanceof Inet6Address ? SocketProtocolFamily.INET6 : SocketProtocolFamily.INET);
        }

        @Override
        DatagramChannel newDatagram() {
            return new EpollDatagramChannel();
        }
    },
    NIO {
        @Override
        public Optional<String> obstacle() {
            return Optional.empty();
        }

        @Override
        public IoHandlerFactory ioHandler() {
            return ClosingLoop.over(NioIoHandler.newFactory());
        }

        @Override
        public Class<? extends ServerSocketChannel> listener() {
            return NioServerSocketChannel.class;
        }

        @Override
        public Class<? extends SocketChannel> socket() {
            return NioSocketChannel.class;
        }

        @Override
        public Class<? extends DatagramChannel> datagram() {
            return NioDatagramChannel.class;
        }

        @Override
        ServerSocketChannel newListener() {
            return new NioServerSocketChannel();
        }

        @Override
        public SocketChannel newSocket(InetAddress to) {
            return new NioSocketChannel();
        }

        @Override
        DatagramChannel newDatagram() {
            return new NioDatagramChannel();
        }
    };

    /** The best one that works here: epoll, else NIO. */
    public static Transport best() {
        return Epoll.isAvailable() ? EPOLL : NIO;
    }

    /** The one that the loop drives. */
    public static Transport of(EventLoop loop) {
        boolean epoll = Epoll.isAvailable() && loop instanceof IoEventLoop io && io.isCompatible(EpollIoHandle.class);
        return epoll ? EPOLL : NIO;
    }

    /** Why it can't be used here, in a few words; empty if it can. */
    public abstract Optional<String> obstacle();

    /** Event loops of this kind, on daemon threads. */
    public MultiThreadIoEventLoopGroup loops(int threads) {
        return new MultiThreadIoEventLoopGroup(threads, new DefaultThreadFactory("hopline", true), ioHandler());
    }

    public abstract Class<? extends ServerSocketChannel> listener();

    public abstract Class<? extends SocketChannel> socket();

    public abstract Class<? extends DatagramChannel> datagram();

    /** What drives one loop of this kind, for groups other than {@link #loops}. */
    public abstract IoHandlerFactory ioHandler();

    /** A socket to connect to the address, or to another of its family. */
    public abstract SocketChannel newSocket(InetAddress to);

    abstract ServerSocketChannel newListener();

    /** One that is to be bound to the address. */
    ServerSocketChannel newListener(SocketAddress address) {
        return newListener();
    }

    abstract DatagramChannel newDatagram();

    /** As a config has it. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
