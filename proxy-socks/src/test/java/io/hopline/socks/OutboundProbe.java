package io.hopline.socks;

import io.hopline.api.Chain;
import io.hopline.api.DialException;
import io.hopline.api.Hop;
import io.hopline.api.HostPort;
import io.hopline.api.Outbound;
import io.hopline.api.PacketOutbound;
import io.hopline.api.PassiveOutbound;
import io.hopline.api.PassiveOutbound.Accepted;
import io.hopline.api.Session;
import io.hopline.api.SessionObserver;
import io.hopline.testkit.Hex;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.util.concurrent.Future;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.BiFunction;
import java.util.function.Consumer;

/** A hop that asks a server, which is a test, for a stream, a peer or a relay. */
final class OutboundProbe implements AutoCloseable {

    private final EmbeddedChannel server = new EmbeddedChannel();
    private final EmbeddedChannel packets = new EmbeddedChannel();
    private final Future<?> dialed;
    private boolean reached;

    OutboundProbe(Hop hop, String target) {
        this(hop, (outbound, session) -> outbound.dial(HostPort.parse(target), session));
    }

    /** @param listening hears where the peer must connect to */
    static OutboundProbe awaiting(Hop hop, String peer, Consumer<HostPort> listening) {
        HostPort expected = new HostPort(peer, 0);
        return new OutboundProbe(
                hop, (outbound, session) -> ((PassiveOutbound) outbound).listen(expected, session, listening));
    }

    static OutboundProbe associating(Hop hop) {
        return new OutboundProbe(hop, (outbound, session) -> ((PacketOutbound) outbound).associate(session));
    }

    private OutboundProbe(Hop hop, BiFunction<Outbound, Session, Future<?>> asked) {
        server.freezeTime();
        server.config().setAutoRead(false);
        Outbound via = new PacketOutbound() {
            @Override
            public Future<Channel> dial(HostPort address, Session session) {
                reached = true;
                return session.loop().newSucceededFuture(server);
            }

            @Override
            public Future<Channel> associate(Session session) {
                return session.loop().newSucceededFuture(packets);
            }
        };
        Session session = Session.of("test", "test", server.remoteAddress(), server.eventLoop(), SessionObserver.NONE);
        dialed = asked.apply(Chain.of(hop).over(via), session);
    }

    /** The server sends the bytes, until it is cut off. */
    void send(String hex) {
        if (server.isOpen()) {
            server.writeInbound(Unpooled.wrappedBuffer(Hex.bytes(hex)));
        }
    }

    /** All that the server was told since it was last asked, in hex. */
    String told() {
        StringBuilder all = new StringBuilder();
        for (ByteBuf bytes = server.readOutbound(); bytes != null; bytes = server.readOutbound()) {
            all.append(ByteBufUtil.hexDump(bytes));
            bytes.release();
        }
        return all.toString();
    }

    /** What whoever takes the stream over reads first, in hex. */
    String leftOver() {
        StringBuilder all = new StringBuilder();
        server.pipeline().addLast(new ChannelInboundHandlerAdapter() {
            @Override
            public void channelRead(ChannelHandlerContext ctx, Object message) {
                ByteBuf bytes = (ByteBuf) message;
                all.append(ByteBufUtil.hexDump(bytes));
                bytes.release();
            }
        });
        server.read();
        return all.toString();
    }

    void pass(Duration time) {
        server.advanceTimeBy(time.toMillis(), TimeUnit.MILLISECONDS);
        server.runScheduledPendingTasks();
    }

    boolean open() {
        return dialed.isSuccess();
    }

    boolean underway() {
        return !dialed.isDone();
    }

    /** Why the dial failed. */
    DialException failure() {
        if (dialed.cause() instanceof DialException failure) {
            return failure;
        }
        throw new AssertionError("the dial did not fail as dials do: " + dialed);
    }

    /** Whether the server was dialed at all. */
    boolean reached() {
        return reached;
    }

    /** Who has connected, once a peer has. */
    HostPort peer() {
        return ((Accepted) dialed.getNow()).peer();
    }

    /** What carries datagrams to the server's relay and back. */
    EmbeddedChannel packets() {
        return packets;
    }

    EmbeddedChannel server() {
        return server;
    }

    @Override
    public void close() {
        server.finishAndReleaseAll();
        packets.finishAndReleaseAll();
    }
}
