package io.hopline.socks;

import io.hopline.api.Chain;
import io.hopline.api.DialException;
import io.hopline.api.Hop;
import io.hopline.api.HostPort;
import io.hopline.api.Outbound;
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

/** A hop that dials a target through a server that is a test. */
final class OutboundProbe implements AutoCloseable {

    private final EmbeddedChannel server = new EmbeddedChannel();
    private final Future<Channel> dialed;
    private boolean reached;

    OutboundProbe(Hop hop, String target) {
        server.freezeTime();
        server.config().setAutoRead(false);
        Outbound via = (address, session) -> {
            reached = true;
            return session.loop().newSucceededFuture(server);
        };
        Session session = Session.of("test", "test", server.remoteAddress(), server.eventLoop(), SessionObserver.NONE);
        dialed = Chain.of(hop).over(via).dial(HostPort.parse(target), session);
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

    EmbeddedChannel server() {
        return server;
    }

    @Override
    public void close() {
        server.finishAndReleaseAll();
    }
}
