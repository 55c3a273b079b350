package io.hopline.api.transport;

import io.hopline.api.HopRef;
import io.hopline.api.HostPort;
import io.hopline.api.Inbound;
import io.hopline.api.Outbound;
import io.hopline.api.Served;
import io.hopline.api.Session;
import io.hopline.api.SessionObserver;
import io.hopline.api.Step;
import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.Promise;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/** Real sockets on loopback, all on one loop: what listens hands its channels to an inbound, what dials adds layers. */
final class Wire implements AutoCloseable, SessionObserver {

    static final HopRef HOP = new HopRef(2, "connect", Optional.of(new HostPort("proxy.corp", 443)));

    private final EventLoopGroup loops = Transport.best().loops(1);
    final EventLoop loop = loops.next();
    final List<String> steps = new CopyOnWriteArrayList<>();
    final BlockingQueue<Served> served = new LinkedBlockingQueue<>();

    /** Hands what is accepted to the inbound, as a listener does. */
    HostPort listen(Inbound inbound) {
        ServerBootstrap listener = new ServerBootstrap()
                .group(loop)
                .channel(Transport.best().listener())
                .childHandler(new ChannelInboundHandlerAdapter() {
                    @Override
                    public void channelActive(ChannelHandlerContext ctx) {
                        Channel channel = ctx.channel();
                        ctx.pipeline().remove(this);
                        TcpChannels.prepare(channel);
                        inbound.accept(channel, session().withClient(channel.remoteAddress()));
                    }

                    @Override
                    public boolean isSharable() {
                        return true;
                    }
                });
        TcpChannels.OPTIONS.forEach((option, value) -> child(listener, option, value));
        Channel bound = listener.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                .syncUninterruptibly()
                .channel();
        return HostPort.of((InetSocketAddress) bound.localAddress());
    }

    /** Opens plain TCP to the address, whatever the target is called. */
    Outbound tcpTo(HostPort address) {
        return (target, session) -> {
            Bootstrap dialer = new Bootstrap()
                    .group(loop)
                    .channel(Transport.best().socket())
                    .handler(new ChannelInitializer<>() {
                        @Override
                        protected void initChannel(Channel channel) {
                            TcpChannels.prepare(channel);
                        }
                    });
            TcpChannels.OPTIONS.forEach((option, value) -> own(dialer, option, value));
            Promise<Channel> promise = loop.newPromise();
            dialer.connect(address.host(), address.port()).addListener((ChannelFuture connected) -> {
                if (connected.isSuccess()) {
                    promise.setSuccess(connected.channel());
                } else {
                    promise.setFailure(connected.cause());
                }
            });
            return promise;
        };
    }

    /** Dials the address as a server of that name through the layers. */
    Future<Channel> dial(HostPort address, String name, Layer... layers) {
        Server server = new Server(new HostPort(name, address.port()), List.of(layers));
        Promise<Channel> promise = loop.newPromise();
        loop.execute(() -> server.dial(tcpTo(address), HOP, session()).addListener((Future<Channel> dialed) -> {
            if (dialed.isSuccess()) {
                promise.setSuccess(dialed.getNow());
            } else {
                promise.setFailure(dialed.cause());
            }
        }));
        return promise;
    }

    /** The end of a stream that was dialed so, reading what comes. */
    End open(HostPort address, String name, Layer... layers) {
        return End.of(get(dial(address, name, layers)));
    }

    static <T> T get(Future<T> future) {
        try {
            return future.get(20, TimeUnit.SECONDS);
        } catch (ExecutionException | InterruptedException | TimeoutException e) {
            throw new AssertionError(e.getMessage(), e);
        }
    }

    /** Why the future failed. */
    static Throwable failure(Future<?> future) {
        if (!future.awaitUninterruptibly(20, TimeUnit.SECONDS) || future.cause() == null) {
            throw new AssertionError("did not fail: " + future);
        }
        return future.cause();
    }

    Session session() {
        return Session.of("front", "chain", new InetSocketAddress("192.0.2.7", 4711), loop, this);
    }

    @Override
    public void passed(Session session, HopRef at, Step step, Supplier<String> detail, long nanos) {
        steps.add(at + ", " + step + ": " + detail.get());
    }

    @Override
    public void served(Session session, Served what) {
        served.add(what);
    }

    /** What the log would say of the next client that got nowhere. */
    String outcome() {
        return take(served).outcome();
    }

    static <T> T take(BlockingQueue<T> queue) {
        try {
            T taken = queue.poll(20, TimeUnit.SECONDS);
            if (taken == null) {
                throw new AssertionError("nothing came");
            }
            return taken;
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public void close() {
        loops.shutdownGracefully(0, 5, TimeUnit.SECONDS).syncUninterruptibly();
    }

    @SuppressWarnings("unchecked")
    private static void child(ServerBootstrap bootstrap, ChannelOption<?> option, Object value) {
        bootstrap.childOption((ChannelOption<Object>) option, value);
    }

    @SuppressWarnings("unchecked")
    private static void own(Bootstrap bootstrap, ChannelOption<?> option, Object value) {
        bootstrap.option((ChannelOption<Object>) option, value);
    }
}
