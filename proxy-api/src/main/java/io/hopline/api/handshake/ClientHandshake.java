package io.hopline.api.handshake;

import io.hopline.api.DialException;
import io.hopline.api.DialException.Reason;
import io.hopline.api.HopRef;
import io.hopline.api.Session;
import io.hopline.api.Step;
import io.hopline.api.transport.Leftovers;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.handler.codec.ByteToMessageDecoder;
import io.netty.handler.codec.DecoderException;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.Promise;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Turns a hop's channel into a stream to the target: says what the protocol says, reads the replies, and leaves.
 *
 * <p>A subclass writes its first message in {@link #begin} and reads replies in {@link #reply}, from as many bytes as there are.
 * Bytes behind the last reply go on to whatever is added to the channel when the handshake's future completes, in order.
 */
public abstract class ClientHandshake extends ByteToMessageDecoder {

    private final HopRef at;
    private final Session session;
    private final long startNanos = System.nanoTime();
    private final Promise<Channel> result;
    private final Future<?> timer;
    private @Nullable String outcome;

    /**
     * @param at the hop that this is the handshake of
     * @param timeout for the whole handshake, from now on
     */
    protected ClientHandshake(HopRef at, Session session, Duration timeout) {
        this.at = at;
        this.session = session;
        this.result = session.loop().newPromise();
        this.timer = session.loop()
                .schedule(
                        () -> fail(Reason.TIMEOUT, "no reply within " + timeout.toMillis() + " ms"),
                        timeout.toMillis(),
                        TimeUnit.MILLISECONDS);
        result.addListener(done -> timer.cancel(false));
    }

    /**
     * Runs the handshake on the channel, on its loop.
     *
     * @return fails with a {@link DialException}, and the channel is left to the caller to close
     */
    public final Future<Channel> run(Channel channel) {
        channel.pipeline().addLast(this);
        return result;
    }

    /** Writes the first message; flushing and reading are done by the caller. */
    protected abstract void begin(ChannelHandlerContext ctx) throws Exception;

    /**
     * Reads replies; called with at least one readable byte, again as more come. Consume only whole messages; end by {@link
     * #succeed} or one of the failures.
     */
    protected abstract void reply(ChannelHandlerContext ctx, ByteBuf in) throws Exception;

    /** The stream is open; what is left in the buffer belongs to it. */
    protected final void succeed(String detail) {
        outcome = detail;
    }

    /** What is still awaited may take as long as it likes. */
    protected final void stopTimer() {
        timer.cancel(false);
    }

    /** The hop itself won't or can't. */
    protected final void fail(Reason reason, String detail) {
        failWith(new DialException(reason, at, Step.HANDSHAKE, detail));
    }

    /** The hop said that what is behind it, the target or the next hop's server, can't be had. */
    protected final void failBehind(Reason reason, String detail) {
        failWith(new DialException(reason, session.towards(), Step.CONNECT, at + " says: " + detail));
    }

    @Override
    public final void handlerAdded(ChannelHandlerContext ctx) {
        // What is thrown here would reach nobody.
        try {
            begin(ctx);
            ctx.flush();
            ctx.read();
        } catch (Exception | LinkageError e) {
            failUnforeseen(e);
        }
    }

    @Override
    protected final void decode(ChannelHandlerContext ctx, ByteBuf in, List<Object> out) {
        if (result.isDone()) {
            in.skipBytes(in.readableBytes());
            return;
        }
        try {
            reply(ctx, in);
        } catch (Exception | LinkageError e) {
            failUnforeseen(e);
        }
        if (outcome != null && !result.isDone()) {
            Leftovers.hold(ctx, in.readRetainedSlice(in.readableBytes()));
            ctx.pipeline().remove(this);
            session.passed(at, Step.HANDSHAKE, outcome, startNanos);
            if (!result.trySuccess(ctx.channel())) {
                ctx.close();
            }
        }
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) throws Exception {
        super.userEventTriggered(ctx, event);
        if (event == ChannelInputShutdownEvent.INSTANCE) {
            failClosed();
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) throws Exception {
        super.channelInactive(ctx);
        failClosed();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        failUnforeseen(cause instanceof DecoderException && cause.getCause() != null ? cause.getCause() : cause);
    }

    private void failClosed() {
        fail(Reason.PROTOCOL, "the server closed the connection before it had replied");
    }

    private void failUnforeseen(Throwable cause) {
        failWith(DialException.from(cause, at, Step.HANDSHAKE));
    }

    private void failWith(DialException failure) {
        result.tryFailure(failure);
    }
}
