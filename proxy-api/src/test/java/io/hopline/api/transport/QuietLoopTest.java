package io.hopline.api.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A peer that ends its side and then breaks off, while nobody reads, keeps no loop busy (netty 2026-42577). */
class QuietLoopTest {

    private static final long WATCHED_MILLIS = 300;

    private final BlockingQueue<Channel> accepted = new LinkedBlockingQueue<>();
    private final BlockingQueue<Channel> ended = new LinkedBlockingQueue<>();

    @ParameterizedTest
    @EnumSource(Transport.class)
    void restsWhenAPeerBreaksOffBehindItsEnd(Transport transport) throws Exception {
        assumeThat(transport.obstacle()).isEmpty();
        EventLoopGroup loops = transport.loops(1);
        Channel listener = listen(loops, transport);
        Socket peer = new Socket();
        try {
            peer.connect(listener.localAddress());
            Channel channel = accepted.poll(10, TimeUnit.SECONDS);
            assertThat(channel).isNotNull();
            peer.shutdownOutput();
            channel.eventLoop().submit(channel::read).sync();
            assertThat(ended.poll(10, TimeUnit.SECONDS)).isEqualTo(channel);
            peer.setSoLinger(true, 0);
            peer.close();
            assertThat(busy(loops)).isLessThan(TimeUnit.MILLISECONDS.toNanos(WATCHED_MILLIS / 3));
        } finally {
            loops.shutdownGracefully(0, 10, TimeUnit.SECONDS).syncUninterruptibly();
        }
    }

    /** What the loop's thread does on a CPU within the time that it is watched for, in nanoseconds. */
    private static long busy(EventLoopGroup loops) throws Exception {
        long thread = loops.submit(() -> Thread.currentThread().getId()).get();
        long before = ManagementFactory.getThreadMXBean().getThreadCpuTime(thread);
        // Runs on the loop at the end of that time, which is all that happens there.
        loops.schedule(() -> {}, WATCHED_MILLIS, TimeUnit.MILLISECONDS).sync();
        return ManagementFactory.getThreadMXBean().getThreadCpuTime(thread) - before;
    }

    private Channel listen(EventLoopGroup loops, Transport transport) {
        ServerBootstrap bootstrap =
                new ServerBootstrap().group(loops).channel(transport.listener()).childHandler(new Reader());
        TcpChannels.OPTIONS.forEach((option, value) -> child(bootstrap, Map.entry(option, value)));
        return bootstrap
                .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                .syncUninterruptibly()
                .channel();
    }

    @SuppressWarnings("unchecked")
    private static void child(ServerBootstrap bootstrap, Map.Entry<ChannelOption<?>, Object> option) {
        bootstrap.childOption((ChannelOption<Object>) option.getKey(), option.getValue());
    }

    private final class Reader extends ChannelInboundHandlerAdapter {

        @Override
        public void channelActive(ChannelHandlerContext ctx) {
            TcpChannels.prepare(ctx.channel());
            accepted.add(ctx.channel());
        }

        @Override
        public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
            if (event == ChannelInputShutdownEvent.INSTANCE) {
                ended.add(ctx.channel());
            }
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
            // Left alone, so that the channel stays.
        }

        @Override
        public boolean isSharable() {
            return true;
        }
    }
}
