package io.hopline.api.transport;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.Channel;
import io.netty.channel.ChannelException;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.util.concurrent.Future;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
final class BoundSocketsTest {

    private final EventLoopGroup loops = Transport.NIO.loops(1);
    private final EventLoop loop = loops.next();

    @AfterEach
    void end() throws Exception {
        loops.shutdownGracefully(0, 10, TimeUnit.SECONDS).sync();
    }

    /** As where no descriptors are left: whoever waits for the socket must hear of that. */
    @Test
    void failsWhereThereIsNoSocketToBeHad() throws Exception {
        Future<Channel> bound = bind(() -> {
            throw new ChannelException("Too many open files");
        });
        assertThat(bound.cause()).hasMessage("Too many open files");
    }

    @Test
    void leavesNoSocketBehindThatCannotBeBound() throws Exception {
        Channel taken = bind(NioServerSocketChannel::new).sync().getNow();
        Channel second = new NioServerSocketChannel();
        Future<Channel> bound = on(() -> BoundSockets.bind(() -> second, taken.localAddress(), loop));
        assertThat(bound.await(10, TimeUnit.SECONDS)).isTrue();
        assertThat(bound.cause()).isInstanceOf(BindException.class);
        assertThat(second.isOpen()).isFalse();
    }

    private Future<Channel> bind(Supplier<Channel> socket) throws Exception {
        return on(() -> BoundSockets.bind(socket, new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), loop));
    }

    private <T> T on(Callable<T> action) throws Exception {
        return loop.submit(action).sync().getNow();
    }
}
