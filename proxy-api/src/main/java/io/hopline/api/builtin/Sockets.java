package io.hopline.api.builtin;

import io.hopline.api.transport.TcpChannels;
import io.hopline.api.transport.Transport;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.socket.SocketProtocolFamily;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;

/** Opens TCP connections. */
interface Sockets {
    /** The families of addresses that can be connected to, the preferred one first. */
    List<SocketProtocolFamily> families();

    /**
     * Starts to connect, without a timeout; called on the loop.
     *
     * @return its channel is there at once, and closing it gives up
     * @throws RuntimeException if there can be no socket
     */
    ChannelFuture connect(InetSocketAddress to, EventLoop loop);

    /** Sockets of the system, from any address of ours or from the given one. */
    static Sockets from(Optional<InetAddress> local) {
        return new OfSystem(local);
    }

    /** Not by Netty's Bootstrap: for each connection that copies its options and puts the connect off to a task of its own. */
    record OfSystem(Optional<InetAddress> local) implements Sockets {
        private static final List<SocketProtocolFamily> BOTH =
                List.of(SocketProtocolFamily.INET6, SocketProtocolFamily.INET);

        @Override
        public List<SocketProtocolFamily> families() {
            return local.map(address -> List.of(
                            address instanceof Inet6Address ? SocketProtocolFamily.INET6 : SocketProtocolFamily.INET))
                    .orElse(BOTH);
        }

        @Override
        public ChannelFuture connect(InetSocketAddress to, EventLoop loop) {
            if (local.isPresent() && local.get().getClass() != to.getAddress().getClass()) {
                // As the system says it: of an address of the other family it would only say that it is invalid.
                throw new IllegalArgumentException("Cannot assign requested address");
            }
            Channel channel = Transport.of(loop).newSocket(to.getAddress());
            channel.config().setOptions(TcpChannels.OPTIONS);
            channel.config().setOption(ChannelOption.CONNECT_TIMEOUT_MILLIS, 0);
            TcpChannels.prepare(channel);
            ChannelFuture registered = loop.register(channel);
            if (!registered.isSuccess()) {
                channel.close();
                return registered;
            }
            return local.isPresent() ? channel.connect(to, new InetSocketAddress(local.get(), 0)) : channel.connect(to);
        }
    }
}
