package io.hopline.testkit;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.awaitility.Awaitility.await;

import io.hopline.api.Drain;
import io.hopline.api.Inbound;
import io.hopline.api.Session;
import io.hopline.api.SessionObserver;
import io.hopline.api.transport.Transport;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelPromise;
import io.netty.channel.EventLoop;
import io.netty.channel.IoEventLoop;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.SingleThreadIoEventLoop;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.Future;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Event loops for one test class, as a JUnit extension in a static field: after each test it closes what was handed to {@link
 * #closing}, and fails the test if a channel of the loops is still open then.
 */
public final class Loops implements BeforeAllCallback, AfterEachCallback, AfterAllCallback {

    private static final Duration DEADLINE = Duration.ofSeconds(10);

    private final Transport transport;
    private final Deque<AutoCloseable> closing = new ArrayDeque<>();
    private int leaked;
    private @Nullable MultiThreadIoEventLoopGroup group;

    /** Loops of the best transport here. */
    public Loops() {
        this(Transport.best());
    }

    public Loops(Transport transport) {
        this.transport = transport;
    }

    public Transport transport() {
        return transport;
    }

    /** All loops of this class. */
    public MultiThreadIoEventLoopGroup group() {
        if (group == null) {
            throw new IllegalStateException("the field that holds Loops lacks @RegisterExtension");
        }
        return group;
    }

    /** One of the loops. */
    public EventLoop next() {
        return group().next();
    }

    /** A session on one of the loops, of a client that nobody asked for. */
    public Session session(SessionObserver observer) {
        return Session.of("test", "test", new InetSocketAddress(InetAddress.getLoopbackAddress(), 1), next(), observer);
    }

    /** Sees to it that the resource is closed after the test; what is handed over last is closed first. */
    public <T extends AutoCloseable> T closing(T resource) {
        closing.push(resource);
        return resource;
    }

    /** The inbound, whose clients are asked to end after the test ({@link Drain}): those that carry more than one thing would go on. */
    public Inbound draining(Inbound inbound) {
        Queue<Channel> clients = new ConcurrentLinkedQueue<>();
        closing(() -> clients.forEach(client -> client.pipeline().fireUserEventTriggered(Drain.INSTANCE)));
        return (client, session) -> {
            clients.add(client);
            inbound.accept(client, session);
        };
    }

    /** Runs the action on the loop and returns what it returns; fails if that takes ten seconds. */
    public static <T> T on(EventExecutor loop, Callable<T> action) throws Exception {
        return get(loop.submit(action));
    }

    /** What the future completes with; throws what it fails with, or if it isn't done within ten seconds. */
    public static <T> T get(Future<T> future) throws Exception {
        if (!future.await(DEADLINE.toMillis())) {
            throw new AssertionError("not done within " + DEADLINE.toSeconds() + " s: " + future);
        }
        if (future.cause() instanceof Exception e) {
            throw e;
        }
        return future.get();
    }

    /** Waits until that many channels of the loops are open, listeners included. */
    public void awaitOpenChannels(int count) {
        await("channels open on the loops")
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(1))
                .atMost(DEADLINE)
                .until(this::openChannels, open -> open == count);
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        group = new CountingLoops(transport);
        leaked = 0;
    }

    @Override
    public void afterEach(ExtensionContext context) throws Exception {
        while (!closing.isEmpty()) {
            closing.pop().close();
        }
        try {
            awaitOpenChannels(leaked);
        } finally {
            // Told once, not of every test that follows.
            leaked = openChannels();
        }
    }

    @Override
    public void afterAll(ExtensionContext context) throws Exception {
        get(group().shutdownGracefully(0, DEADLINE.toSeconds(), SECONDS));
    }

    private int openChannels() {
        int open = 0;
        for (EventExecutor loop : group()) {
            open += ((CountingLoop) loop).open();
        }
        return open;
    }

    private static final class CountingLoops extends MultiThreadIoEventLoopGroup {

        CountingLoops(Transport transport) {
            super(2, new DefaultThreadFactory("test", true), transport.ioHandler());
        }

        @Override
        protected IoEventLoop newChild(Executor executor, IoHandlerFactory ioHandler, Object... args) {
            return new CountingLoop(this, executor, ioHandler);
        }
    }

    private static final class CountingLoop extends SingleThreadIoEventLoop {

        private final AtomicInteger open = new AtomicInteger();

        CountingLoop(CountingLoops parent, Executor executor, IoHandlerFactory ioHandler) {
            super(parent, executor, ioHandler);
        }

        /** Channels without a socket count as well: Netty's own count leaves them out. */
        @Override
        public ChannelFuture register(ChannelPromise promise) {
            open.incrementAndGet();
            promise.channel().closeFuture().addListener(closed -> open.decrementAndGet());
            return super.register(promise);
        }

        int open() {
            return open.get();
        }
    }
}
