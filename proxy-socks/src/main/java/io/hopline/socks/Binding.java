package io.hopline.socks;

import io.hopline.api.Abort;
import io.hopline.api.DialException;
import io.hopline.api.DialException.Reason;
import io.hopline.api.HostPort;
import io.hopline.api.PassiveOutbound;
import io.hopline.api.PassiveOutbound.Accepted;
import io.hopline.api.Served;
import io.hopline.api.Session;
import io.hopline.api.Step;
import io.hopline.api.handshake.Farewell;
import io.hopline.api.relay.Relay;
import io.hopline.api.transport.Leftovers;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.handler.codec.ByteToMessageDecoder;
import io.netty.util.concurrent.Future;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Waits for one peer on behalf of a client (SOCKS4 section 2, RFC 1928 section 6): tells it where, then who has come, and leaves a
 * tunnel behind. A client that leaves or ends its side meanwhile ends the wait.
 */
final class Binding extends ChannelInboundHandlerAdapter {

    /** What a client may send ahead of its peer; what is more it has to keep. */
    private static final int MOST_HELD = 64 * 1024;

    private final Channel client;
    private final Session session;
    private final HostPort expected;
    private final Replies replies;
    private final long startNanos = System.nanoTime();
    private @Nullable Future<Accepted> waiting;
    private @Nullable Future<?> timer;
    private ByteBuf in = Unpooled.EMPTY_BUFFER;
    private boolean over;

    /** What one version of SOCKS answers. */
    interface Replies {

        /** Either reply: where to connect to, or who has connected. */
        ByteBuf granted(HostPort address);

        ByteBuf refused(DialException failure);
    }

    Binding(Channel client, Session session, HostPort expected, Replies replies) {
        this.client = client;
        this.session = session;
        this.expected = expected;
        this.replies = replies;
    }

    void open(PassiveOutbound outbound, Duration timeout) {
        client.pipeline().addLast(this);
        timer = session.loop()
                .schedule(
                        () -> fail(Reason.TIMEOUT, "no peer within " + timeout.toMillis() + " ms"),
                        timeout.toMillis(),
                        TimeUnit.MILLISECONDS);
        waiting = outbound.listen(
                expected, session, at -> client.writeAndFlush(replies.granted(at), client.voidPromise()));
        waiting.addListener((Future<Accepted> came) -> {
            if (over) {
                if (came.isSuccess()) {
                    came.getNow().channel().writeAndFlush(Abort.INSTANCE);
                }
            } else if (came.isSuccess()) {
                join(came.getNow());
            } else {
                refuse(DialException.from(came.cause(), session.towards(), Step.CONNECT));
            }
        });
        client.read();
    }

    private void join(Accepted accepted) {
        end();
        client.writeAndFlush(replies.granted(accepted.peer()), client.voidPromise());
        Leftovers.hold(client.pipeline().context(this), in);
        in = Unpooled.EMPTY_BUFFER;
        client.pipeline().remove(this);
        Relay.join(
                client,
                accepted.channel(),
                session.guard(),
                ended -> session.observer()
                        .served(
                                session,
                                new Served(
                                        Optional.of(accepted.peer()),
                                        ended.up(),
                                        ended.down(),
                                        Duration.ofNanos(System.nanoTime() - startNanos),
                                        ended.outcome())));
    }

    private void fail(Reason reason, String detail) {
        refuse(new DialException(reason, session.towards(), Step.CONNECT, detail));
    }

    private void refuse(DialException failure) {
        if (!over) {
            end();
            client.pipeline().remove(this);
            Farewell.say(client, replies.refused(failure), false);
            tell(failure.getMessage());
        }
    }

    private void left() {
        if (!over) {
            end();
            client.close();
            tell("client left before its peer had connected");
        }
    }

    private void end() {
        over = true;
        if (timer != null) {
            timer.cancel(false);
        }
        if (waiting != null) {
            waiting.cancel(false);
        }
    }

    private void tell(String outcome) {
        session.observer().served(session, Served.nothing(Optional.of(expected), startNanos, outcome));
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        in = ByteToMessageDecoder.MERGE_CUMULATOR.cumulate(ctx.alloc(), in, (ByteBuf) message);
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext ctx) {
        if (!over && in.readableBytes() < MOST_HELD) {
            ctx.read();
        }
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        if (event == ChannelInputShutdownEvent.INSTANCE) {
            left();
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        left();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        left();
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext ctx) {
        in.release();
        in = Unpooled.EMPTY_BUFFER;
    }
}
