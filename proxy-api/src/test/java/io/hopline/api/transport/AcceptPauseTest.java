package io.hopline.api.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.hopline.api.Session;
import io.hopline.api.SessionObserver;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.unix.UnixChannel;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
final class AcceptPauseTest {

    private final AtomicInteger pauses = new AtomicInteger();
    private final BlockingQueue<Channel> accepted = new LinkedBlockingQueue<>();
    private EventLoopGroup loops = Transport.best().loops(1);

    @AfterEach
    void end() throws Exception {
        loops.shutdownGracefully(0, 10, TimeUnit.SECONDS).sync();
    }

    @Test
    void acceptsAgainByItselfAndTellsOfThePause() throws Exception {
        Channel listener = listen(Transport.best());
        listener.eventLoop()
                .submit(() -> {
                    listener.pipeline().fireExceptionCaught(new IOException("Too many open files"));
                    listener.pipeline().fireExceptionCaught(new IOException("Too many open files"));
                    assertThat(listener.config().isAutoRead()).isFalse();
                })
                .sync();
        assertThat(pauses).hasValue(1);
        InetSocketAddress address = (InetSocketAddress) listener.localAddress();
        try (Socket client = new Socket(address.getAddress(), address.getPort())) {
            assertThat(accepted.poll(10, TimeUnit.SECONDS)).isNotNull();
            assertThat(client.isConnected()).isTrue();
        }
    }

    /** Each try during it would be one of very many. */
    @Test
    void triesNothingDuringThePauseOverIoUring() throws Exception {
        assumeThat(Transport.IO_URING.obstacle()).isEmpty();
        loops.shutdownGracefully(0, 10, TimeUnit.SECONDS).sync();
        loops = Transport.IO_URING.loops(1);
        Channel listener = listen(Transport.IO_URING);
        BlockingQueue<Integer> pauseOfEachFailure = new LinkedBlockingQueue<>();
        ChannelInboundHandlerAdapter watch = new ChannelInboundHandlerAdapter() {
            @Override
            public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
                ctx.fireExceptionCaught(cause);
                pauseOfEachFailure.add(pauses.get());
            }
        };
        listener.eventLoop().submit(() -> listener.pipeline().addFirst(watch)).sync();
        // It listens no more, so that every accept fails.
        ((io.netty.channel.unix.Socket) ((UnixChannel) listener).fd()).shutdown(true, false);
        for (int pause = 1; pause <= 3; pause++) {
            assertThat(pauseOfEachFailure.poll(10, TimeUnit.SECONDS)).isEqualTo(pause);
        }
    }

    private Channel listen(Transport transport) throws Exception {
        return Listener.bind(
                        new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                        transport,
                        loops,
                        (client, session) -> accepted.add(client),
                        channel -> Session.of(
                                "test", "test", channel.remoteAddress(), channel.eventLoop(), SessionObserver.NONE),
                        pauses::incrementAndGet)
                .sync()
                .channel();
    }
}
