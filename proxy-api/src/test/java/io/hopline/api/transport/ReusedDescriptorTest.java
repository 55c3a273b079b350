package io.hopline.api.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.socket.SocketChannel;
import io.netty.util.ReferenceCountUtil;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A socket that is given the descriptor of one that was closed while there were still events for it. */
@Timeout(30)
class ReusedDescriptorTest {

    private static final InetAddress HERE = InetAddress.getLoopbackAddress();
    private static final int MOST_SOCKETS = 1_000;

    private final List<Socket> peers = new ArrayList<>();
    private final CompletableFuture<ChannelFuture> reconnected = new CompletableFuture<>();
    private EventLoopGroup loops;
    private EventLoop loop;
    private ServerSocket listener;

    @BeforeEach
    void listen() throws Exception {
        assumeThat(Transport.EPOLL.obstacle()).isEmpty();
        loops = Transport.EPOLL.loops(1);
        loop = loops.next();
        listener = new ServerSocket(0, 8, HERE);
    }

    @AfterEach
    void close() throws Exception {
        if (loops != null) {
            listener.close();
            for (Socket peer : peers) {
                peer.close();
            }
            loops.shutdownGracefully(0, 10, TimeUnit.SECONDS).sync();
        }
    }

    @Test
    void hearsNothingOfTheOneBefore() throws Exception {
        SocketChannel one = Transport.EPOLL.newSocket(HERE);
        SocketChannel other = Transport.EPOLL.newSocket(HERE);
        one.pipeline().addLast(new ChannelInboundHandlerAdapter() {
            @Override
            public void channelRead(ChannelHandlerContext ctx, Object message) {
                ReferenceCountUtil.release(message);
                int descriptor = descriptor(other);
                other.close();
                reconnected.complete(connect(socket(descriptor)));
            }
        });
        connect(one).sync();
        peers.add(listener.accept());
        connect(other).sync();
        peers.add(listener.accept());

        CountDownLatch held = new CountDownLatch(1);
        CountDownLatch bothAreReady = new CountDownLatch(1);
        loop.execute(() -> {
            try {
                held.countDown();
                bothAreReady.await();
            } catch (InterruptedException e) {
                reconnected.completeExceptionally(e);
            }
        });
        // Else the first of them might have a turn of its own.
        assertThat(held.await(10, TimeUnit.SECONDS)).isTrue();
        peers.get(0).getOutputStream().write(1);
        peers.get(1).shutdownOutput();
        bothAreReady.countDown();

        ChannelFuture connected = reconnected.get(10, TimeUnit.SECONDS).sync();
        SocketChannel fresh = (SocketChannel) connected.channel();
        // The turn is over then.
        loop.submit(() -> {}).sync();
        assertThat(fresh.isInputShutdown()).isFalse();
        assertThat(fresh.isActive()).isTrue();
    }

    private ChannelFuture connect(Channel channel) {
        loop.register(channel);
        return channel.connect(listener.getLocalSocketAddress());
    }

    /** One of this descriptor; the system gives the lowest that is free. */
    private static SocketChannel socket(int descriptor) {
        List<SocketChannel> others = new ArrayList<>();
        try {
            while (others.size() < MOST_SOCKETS) {
                SocketChannel next = Transport.EPOLL.newSocket(HERE);
                if (descriptor(next) == descriptor) {
                    return next;
                }
                others.add(next);
            }
        } finally {
            others.forEach(socket -> socket.unsafe().closeForcibly());
        }
        throw new AssertionError("descriptor " + descriptor + " is not to be had again");
    }

    private static int descriptor(Channel channel) {
        return ((EpollSocketChannel) channel).fd().intValue();
    }
}
