package io.hopline.api.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ConnectionPendingException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** When a busy epoll loop sends what its channels flush, and dials. */
class TurnEndTest {

    private final CountDownLatch told = new CountDownLatch(1);
    private final List<Boolean> sent = new ArrayList<>();
    private final BlockingQueue<ChannelFuture> dialed = new LinkedBlockingQueue<>();
    private BusyLoop busy;

    @BeforeEach
    void connect() throws Exception {
        assumeThat(Transport.EPOLL.obstacle()).isEmpty();
        busy = new BusyLoop();
    }

    @AfterEach
    void close() throws IOException {
        if (busy != null) {
            busy.close();
        }
    }

    @Test
    void sendsForAllChannelsAtTheTurnsEnd() throws Exception {
        busy.whenBusy((one, other) -> {
            sent.add(one.writeAndFlush(piece(1)).isDone());
            other.writeAndFlush(piece(1));
        });
        assertThat(sent).containsExactly(false);
        assertThat(busy.peers()).allSatisfy(peer -> assertThat(read(peer, 1)).isEqualTo(1));
    }

    @Test
    void letsNobodyWaitForALongTurn() throws Exception {
        // The read that comes next tells something only if it is one of that turn.
        for (int i = 0; i < 100 && sent.isEmpty(); i++) {
            AtomicBoolean over = new AtomicBoolean();
            busy.whenBusy((one, other) -> {
                ChannelFuture first = one.writeAndFlush(piece(1));
                one.eventLoop().execute(() -> over.set(true)); // Run behind the turn's events.
                long start = System.nanoTime();
                while (System.nanoTime() - start < 2_000_000) {
                    Thread.onSpinWait();
                }
                busy.then(() -> {
                    if (!over.get()) {
                        sent.add(first.isDone());
                    }
                });
            });
        }
        assertThat(sent).containsExactly(true);
    }

    @Test
    void sendsBulkAtOnce() throws Exception {
        busy.whenBusy((one, other) -> sent.add(one.writeAndFlush(piece(20_000)).isDone()));
        assertThat(sent).containsExactly(true);
        assertThat(read(busy.peers().get(0), 20_000)).isEqualTo(20_000);
    }

    @Test
    void sendsWhatWasFlushedBeforeAClose() throws Exception {
        busy.whenBusy((one, other) -> {
            ChannelFuture flushed = one.writeAndFlush(piece(1));
            one.close();
            sent.add(flushed.isSuccess());
        });
        assertThat(sent).containsExactly(true);
    }

    @Test
    void sendsWhatIsFlushedOnceAnotherPieceIsSentBeforeAClose() throws Exception {
        busy.whenBusy((one, other) -> {
            List<ChannelFuture> next = new ArrayList<>();
            one.writeAndFlush(piece(1)).addListener(written -> next.add(one.writeAndFlush(piece(1))));
            one.close();
            next.forEach(flushed -> sent.add(flushed.isSuccess()));
        });
        assertThat(sent).containsExactly(true);
    }

    @Test
    void letsWhatIsWrittenOnceAnotherPieceIsSentGoAtOnce() throws Exception {
        busy.whenBusy((one, other) -> one.writeAndFlush(piece(1)).addListener(written -> {
            sent.add(other.writeAndFlush(piece(1)).isDone());
            told.countDown();
        }));
        expectSentAtOnce();
    }

    @Test
    void sendsAtOnceWhatATaskFlushes() throws Exception {
        busy.whenBusy((one, other) -> one.eventLoop().execute(() -> {
            sent.add(one.writeAndFlush(piece(1)).isDone());
            told.countDown();
        }));
        expectSentAtOnce();
    }

    @Test
    void sendsAtOnceWhereOneSocketIsAllThatTheLoopHasToDealWith() throws Exception {
        busy.whenIdle(one -> {
            sent.add(one.writeAndFlush(piece(1)).isDone());
            told.countDown();
        });
        expectSentAtOnce();
    }

    @Test
    void dialsAtTheTurnsEnd() throws Exception {
        try (ServerSocket target = target()) {
            busy.whenBusy((one, other) -> sent.add(begun(dial(target))));
            assertThat(sent).containsExactly(false);
            target.accept().close();
            assertThat(dialed.take().await(10, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    void dialsAtOnceWhereOneSocketIsAllThatTheLoopHasToDealWith() throws Exception {
        try (ServerSocket target = target()) {
            busy.whenIdle(one -> {
                sent.add(begun(dial(target)));
                told.countDown();
            });
            expectSentAtOnce();
        }
    }

    @Test
    void neverDialsForAChannelThatIsClosedByTheTurnsEnd() throws Exception {
        try (ServerSocket target = target()) {
            busy.whenBusy((one, other) -> dial(target).channel().close());
            ChannelFuture dial = dialed.take();
            assertThat(dial.await(10, TimeUnit.SECONDS)).isTrue();
            assertThat(dial.cause()).isInstanceOf(ClosedChannelException.class);
            target.setSoTimeout(100);
            assertThatThrownBy(target::accept).isInstanceOf(SocketTimeoutException.class);
        }
    }

    @Test
    void closesTheChannelOfADialThatIsCalledOffByTheTurnsEnd() throws Exception {
        try (ServerSocket target = target()) {
            busy.whenBusy((one, other) -> dial(target).cancel(false));
            ChannelFuture dial = dialed.take();
            assertThat(dial.channel().closeFuture().await(10, TimeUnit.SECONDS)).isTrue();
            // And the loop goes on.
            busy.whenBusy((one, other) -> sent.add(true));
        }
    }

    @Test
    void refusesASecondDialBeforeTheFirstHasBegun() throws Exception {
        try (ServerSocket target = target()) {
            busy.whenBusy((one, other) -> dialed.add(dial(target).channel().connect(target.getLocalSocketAddress())));
            ChannelFuture first = dialed.take();
            ChannelFuture second = dialed.take();
            assertThat(second.await(10, TimeUnit.SECONDS)).isTrue();
            assertThat(second.cause()).isInstanceOf(ConnectionPendingException.class);
            assertThat(first.await(10, TimeUnit.SECONDS)).isTrue();
            assertThat(first.isSuccess()).isTrue();
        }
    }

    private static ServerSocket target() throws IOException {
        ServerSocket target = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        target.setSoTimeout(10_000);
        return target;
    }

    private ChannelFuture dial(ServerSocket target) {
        Channel channel = Transport.EPOLL.newSocket(target.getInetAddress());
        TcpChannels.prepare(channel);
        busy.loop().register(channel);
        ChannelFuture dial = channel.connect(target.getLocalSocketAddress());
        dialed.add(dial);
        return dial;
    }

    /** Who has been dialed for has a port. */
    private static boolean begun(ChannelFuture dial) {
        return dial.channel().localAddress() != null;
    }

    private void expectSentAtOnce() throws InterruptedException {
        assertThat(told.await(10, TimeUnit.SECONDS)).isTrue();
        assertThat(sent).containsExactly(true);
    }

    private static ByteBuf piece(int size) {
        return Unpooled.wrappedBuffer(new byte[size]);
    }

    /** How much came, up to so much. */
    private static int read(Socket peer, int most) throws IOException {
        InputStream in = peer.getInputStream();
        return in.readNBytes(most).length;
    }
}
