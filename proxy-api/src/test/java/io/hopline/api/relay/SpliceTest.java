package io.hopline.api.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import io.hopline.api.HostPort;
import io.hopline.api.Served;
import io.hopline.api.Session;
import io.hopline.api.SessionObserver;
import io.hopline.api.builtin.DirectOutbound;
import io.hopline.api.transport.Listener;
import io.hopline.api.transport.Transport;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.DefaultMaxMessagesRecvByteBufAllocator;
import io.netty.channel.EventLoopGroup;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a tunnel keeps while its bytes are moved in the kernel, and that they are. */
final class SpliceTest {

    private static final int PATIENCE_MILLIS = 20_000;
    private static final int BULK = 48 << 20;

    private final CompletableFuture<Served> served = new CompletableFuture<>();
    private final AtomicLong sent = new AtomicLong();
    private final AtomicLong copied = new AtomicLong();
    /** One for each task: the common pool of a small machine has a single thread. */
    private final ExecutorService threads = Executors.newCachedThreadPool();

    private final EventLoopGroup loops = Transport.best().loops(1);
    private ServerSocket listener;
    private InetSocketAddress proxy;
    private volatile int greeting;
    private Socket client;
    private Socket target;

    @BeforeEach
    void connect() throws IOException {
        assumeThat(Transport.best()).isEqualTo(Transport.EPOLL);
        listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        HostPort to = new HostPort("127.0.0.1", listener.getLocalPort());
        SessionObserver observer = new SessionObserver() {
            @Override
            public void served(Session session, Served what) {
                served.complete(what);
            }
        };
        proxy = (InetSocketAddress) Listener.bind(
                        new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                        Transport.best(),
                        loops,
                        (c, session) -> {
                            c.config().setRecvByteBufAllocator(new CountedReads());
                            Tunnels.open(c, to, session, DirectOutbound.withDefaults(), new Greeting());
                        },
                        channel -> Session.of("test", "direct", channel.remoteAddress(), channel.eventLoop(), observer))
                .syncUninterruptibly()
                .channel()
                .localAddress();
        openTunnel();
    }

    private void openTunnel() throws IOException {
        client = new Socket();
        client.setSoTimeout(PATIENCE_MILLIS);
        client.connect(proxy);
        target = listener.accept();
        target.setSoTimeout(PATIENCE_MILLIS);
    }

    @AfterEach
    void close() throws Exception {
        if (listener != null) {
            client.close();
            target.close();
            listener.close();
        }
        loops.shutdownGracefully(0, 0, TimeUnit.SECONDS).await();
        threads.shutdownNow();
    }

    @Test
    void copiesTheLesserPartOfABulk() throws Exception {
        CompletableFuture<Void> up = sending(client, 1, BULK);
        receive(target, 1, BULK);
        up.get(PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
        sending(target, 2, 0).get(PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
        assertThat(served.get(PATIENCE_MILLIS, TimeUnit.MILLISECONDS)).returns((long) BULK, Served::up);
        assertThat(copied).hasValueBetween(1, BULK / 2);
    }

    @Test
    void keepsEveryByteInOrderBothWaysAtOnceAndCountsThem() throws Exception {
        CompletableFuture<Void> up = sending(client, 1, BULK);
        CompletableFuture<Void> down = sending(target, 2, BULK);
        CompletableFuture<Void> arrives = receiving(target, 1, BULK);
        receive(client, 2, BULK);
        CompletableFuture.allOf(up, down, arrives).get(PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
        assertThat(served.get(PATIENCE_MILLIS, TimeUnit.MILLISECONDS))
                .returns(Served.OK, Served::outcome)
                .returns((long) BULK, Served::up)
                .returns((long) BULK, Served::down);
    }

    @Test
    void holdsBytesInAPipeForASlowReaderAndLosesNoneAtAHalfClose() throws Exception {
        CompletableFuture<Void> up = sending(client, 3, BULK);
        awaitStandstill();
        assertThat(up).isNotDone();
        CompletableFuture<Void> arrives = receiving(target, 3, BULK);
        arrives.get(PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
        up.get(PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
        sending(target, 4, 10).get(PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
        receive(client, 4, 10);
    }

    @Test
    void goesOnWithSmallMessagesAfterBulk() throws Exception {
        OutputStream up = client.getOutputStream();
        CompletableFuture<Void> sent =
                CompletableFuture.runAsync(() -> unchecked(() -> pour(up, new Random(5), BULK)), threads);
        Random expected = new Random(5);
        check(target.getInputStream(), expected, BULK);
        sent.get(PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
        for (int i = 0; i < 100; i++) {
            up.write(i);
            assertThat(target.getInputStream().read()).isEqualTo(i);
            target.getOutputStream().write(i);
            assertThat(client.getInputStream().read()).isEqualTo(i);
        }
    }

    @Test
    void goesOnWritingToASenderWhoseBytesAreHeld() throws Exception {
        client.close();
        target.close();
        greeting = 16 << 20;
        openTunnel();
        sending(client, 8, BULK);
        awaitStandstill();
        assertThat(client.getInputStream().readNBytes(greeting)).hasSize(greeting);
    }

    @Test
    void passesAResetOnThoughBytesAreHeld() throws Exception {
        CompletableFuture<Void> up = sending(client, 6, BULK);
        awaitStandstill();
        target.setSoLinger(true, 0);
        target.close();
        assertThatThrownBy(() -> up.get(PATIENCE_MILLIS, TimeUnit.MILLISECONDS))
                .hasRootCauseInstanceOf(IOException.class);
        assertThat(served.get(PATIENCE_MILLIS, TimeUnit.MILLISECONDS).outcome()).contains("target");
        await().untilAsserted(() -> assertThat(pipes()).isZero());
    }

    @Test
    void deliversTheLastWordsOfATargetThatTakesNoMoreOfWhatIsHeld() throws Exception {
        CompletableFuture<Void> up = sending(client, 9, BULK);
        awaitStandstill();
        Runnable goOn = RelayTest.holdUp(loops.next());
        RelayTest.sayLast(target);
        goOn.run();
        assertThat(client.getInputStream().readNBytes(RelayTest.LAST_WORDS.length))
                .isEqualTo(RelayTest.LAST_WORDS);
        assertThatThrownBy(() -> up.get(PATIENCE_MILLIS, TimeUnit.MILLISECONDS))
                .hasRootCauseInstanceOf(IOException.class);
        assertThat(served.get(PATIENCE_MILLIS, TimeUnit.MILLISECONDS).outcome())
                .isEqualTo("target reset the connection");
        await().untilAsserted(() -> assertThat(pipes()).isZero());
    }

    @Test
    void saysThatATargetHasResetTheConnectionThoughItHadSaidAll() throws Exception {
        target.shutdownOutput();
        assertThat(client.getInputStream().read()).isEqualTo(-1);
        sending(client, 10, BULK);
        awaitStandstill();
        target.setSoLinger(true, 0);
        target.close();
        assertThat(served.get(PATIENCE_MILLIS, TimeUnit.MILLISECONDS).outcome())
                .isEqualTo("target reset the connection");
        await().untilAsserted(() -> assertThat(pipes()).isZero());
    }

    @Test
    void passesTheResetOfASenderOnWhileItsBytesAreHeld() throws Exception {
        CompletableFuture<Void> up = sending(client, 7, BULK);
        awaitStandstill();
        client.setSoLinger(true, 0);
        client.close();
        assertThat(served.get(PATIENCE_MILLIS, TimeUnit.MILLISECONDS).outcome()).contains("client");
        assertThatThrownBy(() -> target.getInputStream().readAllBytes()).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> up.get(PATIENCE_MILLIS, TimeUnit.MILLISECONDS))
                .hasRootCauseInstanceOf(IOException.class);
        await().untilAsserted(() -> assertThat(pipes()).isZero());
    }

    /** Until nobody takes what is sent: it is held in a pipe, or in buffers where the sender was too slow for bulk. */
    private void awaitStandstill() {
        AtomicLong last = new AtomicLong();
        await().atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofMillis(500))
                .until(() -> {
                    long now = sent.get();
                    return now > 0 && (pipes() > 0 || last.getAndSet(now) == now);
                });
    }

    /** How many ends of pipes this process has beyond those that every JVM has. */
    private long pipes() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("/proc/self/fd"))) {
            return files.filter(SpliceTest::isPipe).count() - before;
        }
    }

    private final long before = pipesNow();

    private static long pipesNow() {
        try (Stream<Path> files = Files.list(Path.of("/proc/self/fd"))) {
            return files.filter(SpliceTest::isPipe).count();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean isPipe(Path file) {
        try {
            return Files.readSymbolicLink(file).toString().startsWith("pipe:");
        } catch (IOException closedMeanwhile) {
            return false;
        }
    }

    private CompletableFuture<Void> sending(Socket from, long seed, int length) {
        return CompletableFuture.runAsync(
                () -> unchecked(() -> {
                    pour(from.getOutputStream(), new Random(seed), length);
                    from.shutdownOutput();
                }),
                threads);
    }

    private CompletableFuture<Void> receiving(Socket at, long seed, int length) {
        return CompletableFuture.runAsync(() -> unchecked(() -> receive(at, seed, length)), threads);
    }

    private static void receive(Socket at, long seed, int length) throws IOException {
        check(at.getInputStream(), new Random(seed), length);
        assertThat(at.getInputStream().read()).isEqualTo(-1);
    }

    private void pour(OutputStream out, Random random, int length) throws IOException {
        byte[] piece = new byte[64 << 10];
        for (int left = length; left > 0; left -= piece.length) {
            random.nextBytes(piece);
            out.write(piece, 0, Math.min(left, piece.length));
            sent.addAndGet(piece.length);
        }
    }

    private static void check(InputStream in, Random random, int length) throws IOException {
        byte[] piece = new byte[64 << 10];
        for (int left = length; left > 0; left -= piece.length) {
            random.nextBytes(piece);
            int part = Math.min(left, piece.length);
            assertThat(in.readNBytes(part)).isEqualTo(part == piece.length ? piece : Arrays.copyOf(piece, part));
        }
    }

    private static void unchecked(Io action) {
        try {
            action.run();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private interface Io {
        void run() throws IOException;
    }

    /** Says nothing, or more than the sockets hold. */
    private final class Greeting extends RelayTest.NoReply {

        @Override
        public void opened(Channel client, Channel target) {
            client.writeAndFlush(Unpooled.wrappedBuffer(new byte[greeting]));
        }
    }

    /** Counts what the client's channel reads: all that is not spliced. */
    private final class CountedReads extends DefaultMaxMessagesRecvByteBufAllocator {
        @Override
        @SuppressWarnings("deprecation") // Netty asks for this type.
        public Handle newHandle() {
            return new MaxMessageHandle() {
                @Override
                public int guess() {
                    return 64 << 10;
                }

                @Override
                public void lastBytesRead(int bytes) {
                    copied.addAndGet(Math.max(bytes, 0));
                    super.lastBytesRead(bytes);
                }
            };
        }
    }
}
