package io.hopline.api.transport;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.util.ReferenceCountUtil;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** An epoll loop with two channels, which does something in a turn that follows one about both. */
final class BusyLoop implements AutoCloseable {

    private static final int MOST_TURNS = 100;

    private final BlockingQueue<Channel> accepted = new LinkedBlockingQueue<>();
    private final BlockingQueue<String> turns = new LinkedBlockingQueue<>();
    private final Semaphore sentAgain = new Semaphore(0);
    private final List<Socket> peers = new ArrayList<>();
    private final List<Channel> channels = new ArrayList<>();
    private final EventLoopGroup loops = Transport.EPOLL.loops(1);

    /** Of the loop. */
    private @Nullable Runnable work;

    /** Of the loop; done at the read that comes next. */
    private @Nullable Runnable then;

    BusyLoop() throws Exception {
        SocketAddress address = new ServerBootstrap()
                .group(loops)
                .channel(Transport.EPOLL.listener())
                .childHandler(new ChannelInitializer<>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        TcpChannels.prepare(channel);
                        channel.pipeline().addLast(new Reading());
                        accepted.add(channel);
                    }
                })
                .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                .sync()
                .channel()
                .localAddress();
        for (int i = 0; i < 2; i++) {
            Socket peer = new Socket();
            peers.add(peer);
            peer.setSoTimeout(10_000);
            peer.connect(address);
            Channel channel = accepted.poll(10, TimeUnit.SECONDS);
            assertThat(channel).isNotNull();
            channels.add(channel);
        }
    }

    EventLoop loop() {
        return channels.get(0).eventLoop();
    }

    /** The other ends of both channels. */
    List<Socket> peers() {
        return peers;
    }

    /** Done at the first read in a turn that follows one about both channels. */
    void whenBusy(BiConsumer<Channel, Channel> something) throws Exception {
        sentAgain.drainPermits();
        turns.clear();
        loop().submit(() -> work = () -> something.accept(channels.get(0), channels.get(1)))
                .sync();
        String turn = "idle";
        for (int i = 0; i < MOST_TURNS && "idle".equals(turn); i++) {
            for (Socket peer : peers) {
                peer.getOutputStream().write(1);
            }
            sentAgain.release();
            turn = turns.poll(10, TimeUnit.SECONDS);
        }
        sentAgain.release(MOST_TURNS);
        assertThat(turn).isEqualTo("over");
    }

    /** Has something done at the read that comes next; on the loop. */
    void then(Runnable something) {
        then = something;
    }

    /** Done in a turn about the first channel, which follows one about none. */
    void whenIdle(Consumer<Channel> something) throws Exception {
        loop().submit(() -> then(() -> something.accept(channels.get(0)))).sync();
        peers.get(0).getOutputStream().write(1);
    }

    @Override
    public void close() throws IOException {
        for (Socket peer : peers) {
            peer.close();
        }
        loops.shutdownGracefully(0, 10, TimeUnit.SECONDS).syncUninterruptibly();
    }

    /** Does the work at the first read of a busy turn; holds each read up until there is more to read on both channels. */
    private final class Reading extends ChannelInboundHandlerAdapter {

        @Override
        public void channelRead(ChannelHandlerContext ctx, Object message) throws InterruptedException {
            ReferenceCountUtil.release(message);
            Runnable next = then;
            if (next != null) {
                then = null;
                next.run();
                turns.add("over");
            } else if (work != null) {
                deal();
            }
        }

        private void deal() throws InterruptedException {
            EpollLoop loop = EpollLoop.current();
            Runnable now = work;
            sentAgain.acquire();
            boolean busy = loop != null && loop.gathers();
            if (busy && now != null) {
                work = null;
                now.run();
            }
            if (then == null) {
                turns.add(busy ? "over" : "idle");
            }
        }
    }
}
