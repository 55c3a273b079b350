package io.hopline.api.transport;

import io.netty.channel.Channel;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.socket.ServerSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.util.concurrent.Future;
import java.net.SocketAddress;
import java.util.Map;

/** How every TCP channel here is set up, accepted or dialed. */
public final class TcpChannels {

    /** Auto-read off: who takes a channel over asks for its reads. Half-closure on: a peer's FIN ends one direction only. TCP_NODELAY is Netty's default. */
    public static final Map<ChannelOption<?>, Object> OPTIONS =
            Map.of(ChannelOption.AUTO_READ, false, ChannelOption.ALLOW_HALF_CLOSURE, true);

    private TcpChannels() {}

    /**
     * Opens a socket that listens, auto-read off; on the loop.
     *
     * @return fails if it can't be made or bound
     */
    public static Future<Channel> listen(SocketAddress local, EventLoop loop) {
        return BoundSockets.bind(() -> make(Transport.of(loop)), local, loop);
    }

    private static Channel make(Transport transport) {
        ServerSocketChannel channel = transport.newListener();
        channel.config().setAutoRead(false);
        return channel;
    }

    /**
     * Sees to it that a peer is noticed that breaks off while nobody reads from it: NIO tells only who reads, so there it reads on, and
     * the handlers hold what comes of that. With epoll there is nothing to do. On the channel's loop.
     *
     * @param until done when others read, or nobody waits any more; who has said more than 64 KiB by then may break off unnoticed
     */
    public static void noticeBreak(Channel channel, Future<?> until) {
        if (channel instanceof NioSocketChannel) {
            BreakWatch watch = new BreakWatch();
            channel.pipeline().addFirst(watch);
            until.addListener(done -> {
                if (channel.pipeline().context(watch) != null) {
                    channel.pipeline().remove(watch);
                }
            });
        }
    }

    /** Puts what ends TCP at the bottom of a new channel's pipeline. */
    public static void prepare(Channel channel) {
        channel.pipeline().addFirst(new TcpEnd());
    }
}
