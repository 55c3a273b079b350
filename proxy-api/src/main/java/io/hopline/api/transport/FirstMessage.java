package io.hopline.api.transport;

import io.hopline.api.Drain;
import io.hopline.api.Served;
import io.hopline.api.Session;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.handler.codec.DecoderException;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.Future;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Waits for the first message of a client, hands it over and leaves; a client that sends none in time is closed. */
abstract class FirstMessage extends ChannelInboundHandlerAdapter {

    private final Session session;
    private final String awaited;
    private final long startNanos = System.nanoTime();
    private final Duration timeout;
    private @org.jspecify.annotations.Nullable Future<?> timer;
    private boolean over;

    /** @param awaited what the client is expected to send, for the log */
    FirstMessage(Session session, Duration timeout, String awaited) {
        this.session = session;
        this.timeout = timeout;
        this.awaited = awaited;
    }

    /**
     * The message came, and this handler is gone. Whoever is put into the pipeline now reads what follows, once it asks.
     *
     * @param message taken over
     * @param ctx where in the pipeline this handler stood
     */
    abstract void came(ChannelHandlerContext ctx, Object message);

    @Override
    public final void handlerAdded(ChannelHandlerContext ctx) {
        timer = ctx.executor()
                .schedule(
                        () -> {
                            session.guard().slowClient();
                            end(ctx, "no " + awaited + " within " + timeout.toMillis() + " ms");
                        },
                        timeout.toMillis(),
                        TimeUnit.MILLISECONDS);
        ctx.read();
    }

    @Override
    public final void channelRead(ChannelHandlerContext ctx, Object message) {
        if (over) {
            ReferenceCountUtil.release(message);
            return;
        }
        finish();
        came(ctx, message);
    }

    @Override
    public final void channelReadComplete(ChannelHandlerContext ctx) {
        if (!over) {
            ctx.read();
        }
    }

    @Override
    public final void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        if (event == ChannelInputShutdownEvent.INSTANCE) {
            end(ctx, "the client closed the connection before its " + awaited);
        } else if (event == Drain.INSTANCE) {
            end(ctx, Drain.OUTCOME);
        }
    }

    @Override
    public final void channelInactive(ChannelHandlerContext ctx) {
        end(ctx, "the client closed the connection before its " + awaited);
    }

    @Override
    public final void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        Throwable root = cause instanceof DecoderException && cause.getCause() != null ? cause.getCause() : cause;
        end(ctx, awaited + ": " + root.getMessage());
    }

    private void end(ChannelHandlerContext ctx, String outcome) {
        if (!over) {
            finish();
            ctx.close();
            session.observer().served(session, Served.nothing(Optional.empty(), startNanos, outcome));
        }
    }

    private void finish() {
        over = true;
        if (timer != null) {
            timer.cancel(false);
        }
    }
}
