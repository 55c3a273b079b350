package io.hopline.api.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoopGroup;
import io.netty.util.ReferenceCountUtil;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** When a busy epoll loop sends what its channels flush. */
class TurnEndTest {

    private static final int MOST_TURNS = 100;

    private final BlockingQueue<Channel> accepted = new LinkedBlockingQueue<>();
    private final BlockingQueue<String> turns = new LinkedBlockingQueue<>();
    private final CountDownLatch told = new CountDownLatch(1);
    private final Semaphore sentAgain = new Semaphore(0);
    private final List<Socket> peers = new ArrayList<>();
    private final List<Channel> channels = new ArrayList<>();
    private final List<Boolean> sent = new ArrayList<>();
    private EventLoopGroup loops;

    /** Of the loop. */
    private @Nullable Runnable work;

    /** Of the loop; done at the read that comes next. */
    private @Nullable Runnable then;

    @BeforeEach
    void connect() throws Exception {
        assumeThat(Transport.EPOLL.obstacle()).isEmpty();
        loops = Transport.EPOLL.loops(1);
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
            channels.add(accepted.poll(10, TimeUnit.SECONDS));
        }
    }

    @AfterEach
    void close() throws Exception {
        for (Socket peer : peers) {
            peer.close();
        }
        if (loops != null) {
            loops.shutdownGracefully(0, 10, TimeUnit.SECONDS).sync();
        }
    }

    @Test
    void sendsForAllChannelsAtTheTurnsEnd() throws Exception {
        whenBusy((one, other) -> {
            sent.add(one.writeAndFlush(piece(1)).isDone());
            other.writeAndFlush(piece(1));
        });
        assertThat(sent).containsExactly(false);
        assertThat(peers).allSatisfy(peer -> assertThat(read(peer, 1)).isEqualTo(1));
    }

    @Test
    void letsNobodyWaitForALongTurn() throws Exception {
        whenBusy((one, other) -> {
            ChannelFuture first = one.writeAndFlush(piece(1));
            long start = System.nanoTime();
            while (System.nanoTime() - start < 2_000_000) {
                Thread.onSpinWait();
            }
            then = () -> sent.add(first.isDone());
        });
        assertThat(sent).containsExactly(true);
    }

    @Test
    void sendsBulkAtOnce() throws Exception {
        whenBusy((one, other) -> sent.add(one.writeAndFlush(piece(20_000)).isDone()));
        assertThat(sent).containsExactly(true);
        assertThat(read(peers.get(0), 20_000)).isEqualTo(20_000);
    }

    @Test
    void sendsWhatWasFlushedBeforeAClose() throws Exception {
        whenBusy((one, other) -> {
            ChannelFuture flushed = one.writeAndFlush(piece(1));
            one.close();
            sent.add(flushed.isSuccess());
        });
        assertThat(sent).containsExactly(true);
    }

    @Test
    void sendsWhatIsFlushedOnceAnotherPieceIsSentBeforeAClose() throws Exception {
        whenBusy((one, other) -> {
            List<ChannelFuture> next = new ArrayList<>();
            one.writeAndFlush(piece(1)).addListener(written -> next.add(one.writeAndFlush(piece(1))));
            one.close();
            next.forEach(flushed -> sent.add(flushed.isSuccess()));
        });
        assertThat(sent).containsExactly(true);
    }

    @Test
    void letsWhatIsWrittenOnceAnotherPieceIsSentGoAtOnce() throws Exception {
        whenBusy((one, other) -> one.writeAndFlush(piece(1)).addListener(written -> {
            sent.add(other.writeAndFlush(piece(1)).isDone());
            told.countDown();
        }));
        expectSentAtOnce();
    }

    @Test
    void sendsAtOnceWhatATaskFlushes() throws Exception {
        whenBusy((one, other) -> one.eventLoop().execute(() -> {
            sent.add(one.writeAndFlush(piece(1)).isDone());
            told.countDown();
        }));
        expectSentAtOnce();
    }

    @Test
    void sendsAtOnceWhereOneSocketIsAllThatTheLoopHasToDealWith() throws Exception {
        Channel one = channels.get(0);
        one.eventLoop()
                .submit(() -> then = () -> {
                    sent.add(one.writeAndFlush(piece(1)).isDone());
                    told.countDown();
                })
                .sync();
        peers.get(0).getOutputStream().write(1);
        expectSentAtOnce();
    }

    private void expectSentAtOnce() throws InterruptedException {
        assertThat(told.await(10, TimeUnit.SECONDS)).isTrue();
        assertThat(sent).containsExactly(true);
    }

    /** Has the loop do something in a turn that follows one about both channels. */
    private void whenBusy(BiConsumer<Channel, Channel> something) throws Exception {
        channels.get(0)
                .eventLoop()
                .submit(() -> work = () -> something.accept(channels.get(0), channels.get(1)))
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

    private static ByteBuf piece(int size) {
        return Unpooled.wrappedBuffer(new byte[size]);
    }

    /** How much came, up to so much. */
    private static int read(Socket peer, int most) throws IOException {
        InputStream in = peer.getInputStream();
        return in.readNBytes(most).length;
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
