package io.hopline.testkit;

import io.hopline.api.HostPort;
import io.hopline.api.Inbound;
import io.hopline.api.Served;
import io.hopline.api.Session;
import io.hopline.api.SessionObserver;
import io.hopline.api.transport.Listener;
import io.hopline.api.transport.Transport;
import io.netty.channel.Channel;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.util.concurrent.GlobalEventExecutor;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** An inbound that serves a loopback port; its loops and channels end with it. */
public final class LiveInbound implements AutoCloseable, SessionObserver {

    private final MultiThreadIoEventLoopGroup loops;
    private final Channel listener;
    private final ChannelGroup accepted = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE);
    private final BlockingQueue<Tale> tales = new LinkedBlockingQueue<>();

    /** What the observer was told. */
    public record Tale(Session session, Served served) {}

    public LiveInbound(Inbound inbound) throws InterruptedException {
        this(inbound, Transport.best());
    }

    public LiveInbound(Inbound inbound, Transport transport) throws InterruptedException {
        loops = transport.loops(1);
        listener = Listener.bind(
                        new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                        transport,
                        loops,
                        inbound,
                        this::session)
                .sync()
                .channel();
    }

    public HostPort address() {
        return HostPort.of((InetSocketAddress) listener.localAddress());
    }

    private Session session(Channel channel) {
        accepted.add(channel);
        return Session.of("test", "direct", channel.remoteAddress(), channel.eventLoop(), this);
    }

    /** A new connection to the inbound. */
    public Wire connect() throws IOException {
        return Wire.connect(address());
    }

    @Override
    public void served(Session session, Served served) {
        tales.add(new Tale(session, served));
    }

    /** The next tale; waits for it. */
    public Tale served() throws InterruptedException {
        Tale tale = tales.poll(10, TimeUnit.SECONDS);
        if (tale == null) {
            throw new AssertionError("the observer was told nothing");
        }
        return tale;
    }

    /** Whether there is something that the observer was told and the test has not asked for. */
    public boolean hasMoreToTell() {
        return !tales.isEmpty();
    }

    @Override
    public void close() {
        listener.close().syncUninterruptibly();
        accepted.close().awaitUninterruptibly();
        loops.shutdownGracefully(0, 5, TimeUnit.SECONDS).syncUninterruptibly();
    }
}
