package io.hopline.api.transport;

import io.hopline.api.Inbound;
import io.hopline.api.Session;
import io.hopline.api.Unforeseen;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import java.net.SocketAddress;
import java.util.Map;
import java.util.function.Function;

/** A bound socket that hands what it accepts to an inbound. */
public final class Listener {

    private Listener() {}

    /**
     * Binds the address; accepted channels run on the given loops.
     *
     * @param transport the kind of the loops
     * @param sessions makes the session of an accepted channel, on the channel's loop
     * @return the bound channel's future; closing that channel stops accepting and leaves sessions alone
     */
    public static ChannelFuture bind(
            SocketAddress address,
            Transport transport,
            EventLoopGroup loops,
            Inbound inbound,
            Function<Channel, Session> sessions) {
        return bind(address, transport, loops, inbound, sessions, () -> {});
    }

    /**
     * The same.
     *
     * @param paused runs, on a loop, whenever accepting pauses because the process or the system has no descriptors left
     */
    public static ChannelFuture bind(
            SocketAddress address,
            Transport transport,
            EventLoopGroup loops,
            Inbound inbound,
            Function<Channel, Session> sessions,
            Runnable paused) {
        Accept accept = new Accept(inbound, sessions);
        ServerBootstrap bootstrap = new ServerBootstrap()
                .group(loops)
                .channelFactory(() -> transport.newListener(address))
                .handler(new AcceptPause(paused))
                .childHandler(new ChannelInitializer<>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        TcpChannels.prepare(channel);
                        channel.pipeline().addLast(accept);
                    }
                });
        if (transport == Transport.EPOLL) {
            bootstrap.option(ChannelOption.RECVBUF_ALLOCATOR, new AcceptBatch());
        }
        for (Map.Entry<ChannelOption<?>, Object> option : TcpChannels.OPTIONS.entrySet()) {
            childOption(bootstrap, option.getKey(), option.getValue());
        }
        return bootstrap.bind(address);
    }

    @SuppressWarnings("unchecked") // TcpChannels.OPTIONS pairs each option with a value of its type.
    private static <T> void childOption(ServerBootstrap bootstrap, ChannelOption<T> option, Object value) {
        bootstrap.childOption(option, (T) value);
    }

    /** Hands the channel over once it is active. */
    @Sharable
    private static final class Accept extends ChannelInboundHandlerAdapter {

        private final Inbound inbound;
        private final Function<Channel, Session> sessions;

        Accept(Inbound inbound, Function<Channel, Session> sessions) {
            this.inbound = inbound;
            this.sessions = sessions;
        }

        @Override
        public void channelActive(ChannelHandlerContext ctx) {
            Channel channel = ctx.channel();
            ctx.pipeline().remove(this);
            Unforeseen.accept(inbound, channel, sessions.apply(channel));
        }
    }
}
