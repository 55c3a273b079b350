package io.hopline.api.handshake;

import io.hopline.api.DialException;
import io.hopline.api.Drain;
import io.hopline.api.HostPort;
import io.hopline.api.Outbound;
import io.hopline.api.Served;
import io.hopline.api.Session;
import io.hopline.api.Unforeseen;
import io.hopline.api.relay.Tunnels;
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
import java.util.function.Consumer;

/**
 * Finds out what target a client wants, dials it, answers, and leaves a tunnel behind.
 *
 * <p>A subclass reads the client's messages in {@link #request}, from as many bytes as there are, and ends by {@link #open} or
 * one of the refusals. Nothing is read while the target is dialed; what the client has sent behind its request goes to the
 * target, in order.
 */
public abstract class ServerHandshake extends ChannelInboundHandlerAdapter {

    private static final String LEFT = "client left before it had said what it wants";

    private enum State {
        ASKING,
        WAITING,
        DIALING,
        OVER
    }

    private final long startNanos = System.nanoTime();
    private final Channel client;
    private final Outbound outbound;
    private final Future<?> timer;
    private Session session;
    private State state = State.ASKING;
    private ByteBuf in = Unpooled.EMPTY_BUFFER;
    private boolean ended;

    /** @param timeout for the client to say what it wants, from now on */
    protected ServerHandshake(Channel client, Session session, Outbound outbound, Duration timeout) {
        this.client = client;
        this.session = session;
        this.outbound = outbound;
        this.timer = session.loop()
                .schedule(
                        () -> {
                            session.guard().slowClient();
                            drop("no request within " + timeout.toMillis() + " ms");
                        },
                        timeout.toMillis(),
                        TimeUnit.MILLISECONDS);
    }

    /** Serves the client, on its loop. */
    public final void run() {
        client.pipeline().addLast(this);
        client.read();
    }

    /**
     * Reads the client's messages; called with at least one readable byte, again as more come. Consume only whole messages. What
     * is thrown drops the client.
     */
    protected abstract void request(ByteBuf in) throws Exception;

    /** The reply to a client whose target is there. */
    protected abstract ByteBuf opened(Channel target);

    /** The reply to a client whose target can't be had. */
    protected abstract ByteBuf refused(DialException failure);

    /** The client, to write replies to and to allocate them from. */
    protected final Channel client() {
        return client;
    }

    /** What targets are dialed through. */
    protected final Outbound outbound() {
        return outbound;
    }

    /** What is known of the client by now. */
    protected final Session session() {
        return session;
    }

    /** The client has proved to be this user. */
    protected final void identified(String user) {
        session = session.withUser(user);
    }

    /** Goes on reading requests only when the answer to something has come; drops the client if it fails. */
    protected final <T> void await(Future<T> answer, Consumer<T> then) {
        state = State.WAITING;
        answer.addListener((Future<T> a) -> {
            if (state == State.WAITING) {
                state = State.ASKING;
                parse(a.isSuccess() ? () -> then.accept(a.getNow()) : () -> drop(Unforeseen.text(a.cause())));
                askAgain();
            }
        });
    }

    /** The request is complete: dials the target. What is left in the buffer belongs to it. */
    protected final void open(HostPort target) {
        end(State.DIALING);
        Tunnels.open(client, target, session, outbound, new Reply());
    }

    /**
     * The request is complete and asks for something else than a target: whoever serves the client from here on takes over, on a channel
     * whose next reads are what is left in the buffer and what comes behind it. Nothing more is told to the observer by this.
     */
    protected final void leaveTo(Consumer<Session> successor) {
        end(State.OVER);
        Leftovers.hold(client.pipeline().context(this), in, ended);
        in = Unpooled.EMPTY_BUFFER;
        client.pipeline().remove(this);
        Unforeseen.accept((asker, its) -> successor.accept(its), client, session);
    }

    /** Turns the client away with a reply. */
    protected final void refuse(ByteBuf lastWords, String outcome) {
        tell(outcome);
        client.pipeline().remove(this);
        Farewell.say(client, lastWords, ended);
    }

    /** Turns the client away where the protocol has no reply for it. */
    protected final void drop(String outcome) {
        if (state != State.OVER) {
            tell(outcome);
            client.close();
        }
    }

    @Override
    public final void channelRead(ChannelHandlerContext ctx, Object msg) {
        in = ByteToMessageDecoder.MERGE_CUMULATOR.cumulate(ctx.alloc(), in, (ByteBuf) msg);
        parse(() -> {});
    }

    @Override
    public final void channelReadComplete(ChannelHandlerContext ctx) {
        askAgain();
    }

    @Override
    public final void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        if (event == ChannelInputShutdownEvent.INSTANCE) {
            ended = true;
            parse(() -> {});
        } else if (event == Drain.INSTANCE && in.capacity() == 0) {
            drop(Drain.OUTCOME);
        } else {
            ctx.fireUserEventTriggered(event);
        }
    }

    @Override
    public final void channelInactive(ChannelHandlerContext ctx) {
        if (state != State.DIALING) {
            drop(LEFT);
        }
    }

    @Override
    public final void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        if (state == State.DIALING) {
            client.close();
        } else {
            drop(Unforeseen.text(cause));
        }
    }

    @Override
    public final void handlerRemoved(ChannelHandlerContext ctx) {
        in.release();
        in = Unpooled.EMPTY_BUFFER;
    }

    private void parse(Runnable before) {
        try {
            before.run();
            int seen = 0;
            while (state == State.ASKING && in.isReadable() && in.readableBytes() != seen) {
                seen = in.readableBytes();
                request(in);
            }
        } catch (Exception | LinkageError e) {
            drop(Unforeseen.text(e));
        }
        if (ended && state == State.ASKING) {
            drop(LEFT);
        }
    }

    private void askAgain() {
        if (state == State.ASKING) {
            client.read();
        }
    }

    private void tell(String outcome) {
        end(State.OVER);
        session.observer().served(session, Served.nothing(Optional.empty(), startNanos, outcome));
    }

    private void end(State next) {
        state = next;
        timer.cancel(false);
    }

    /** What the end of the dial brings. */
    private final class Reply implements Tunnels.Reply {

        @Override
        public void opened(Channel from, Channel target) {
            client.writeAndFlush(ServerHandshake.this.opened(target), client.voidPromise());
            Leftovers.hold(client.pipeline().context(ServerHandshake.this), in, ended);
            in = Unpooled.EMPTY_BUFFER;
            client.pipeline().remove(ServerHandshake.this);
        }

        @Override
        public void refused(Channel from, DialException failure) {
            if (client.isActive()) {
                client.pipeline().remove(ServerHandshake.this);
                Farewell.say(client, ServerHandshake.this.refused(failure), ended);
            }
        }
    }
}
