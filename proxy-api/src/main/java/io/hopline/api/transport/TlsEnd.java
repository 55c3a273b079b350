package io.hopline.api.transport;

import io.hopline.api.Abort;
import io.hopline.api.Drain;
import io.hopline.api.EndOfOutput;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.Future;
import java.io.IOException;
import java.util.List;
import java.util.function.UnaryOperator;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * TLS that ends as a stream does: each direction by itself, and never cleanly by mistake.
 *
 * <p>{@link EndOfOutput} becomes close_notify behind the data, and data may still come back (RFC 8446 section 6.1). The peer's
 * close_notify becomes one {@link ChannelInputShutdownEvent}. An end of TCP without it is a truncation (RFC 5246 section 7.2.1)
 * and becomes an exception. {@link Abort} goes beneath, so no close_notify is sent.
 *
 * <p>Being the {@code SslHandler} itself it knows which one it ends where TLS runs inside TLS.
 */
final class TlsEnd extends SslHandler {

    private final UnaryOperator<Throwable> explain;
    private boolean begun;
    private boolean drained;
    private boolean decoding;
    private boolean inputEnded;
    private boolean outputEnded;
    private boolean aborted;
    private boolean over;
    private @Nullable ChannelPromise outputEnds;

    /** @param explain what to tell those above of a failure after the handshake */
    TlsEnd(SSLEngine engine, UnaryOperator<Throwable> explain) {
        super(engine);
        this.explain = explain;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) throws Exception {
        handshakeFuture().addListener((Future<Object> done) -> {
            if (done.isSuccess()) {
                EngineEnds.keepOutputOpen(engine());
            }
        });
        super.handlerAdded(ctx);
        ctx.read();
    }

    @Override
    public void write(ChannelHandlerContext ctx, Object msg, ChannelPromise promise) throws Exception {
        if (msg == EndOfOutput.INSTANCE) {
            if (decoding) {
                // To end it now would drop what the engine has read but not yet handed out.
                outputEnds = promise.unvoid();
            } else {
                endOutput(ctx, promise.unvoid());
            }
        } else if (msg == Abort.INSTANCE) {
            aborted = true;
            over = true;
            ctx.write(msg, promise);
        } else if (outputEnded) {
            // The engine would drop it, and with a void promise nobody would hear of that.
            ReferenceCountUtil.release(msg);
            promise.tryFailure(new IOException("TLS has ended, so what was to be sent is lost"));
        } else {
            super.write(ctx, msg, promise);
        }
    }

    /** Whether it was closed by {@link Drain}, before the peer had said anything. */
    boolean isDrained() {
        return drained;
    }

    private void endOutput(ChannelHandlerContext ctx, ChannelPromise promise) throws Exception {
        // closeOutbound shuts the engine before it wraps what is queued.
        super.flush(ctx);
        outputEnded = true;
        closeOutbound(promise);
    }

    @Override
    public void flush(ChannelHandlerContext ctx) throws Exception {
        if (aborted) {
            ctx.flush();
        } else {
            super.flush(ctx);
        }
    }

    @Override
    public void close(ChannelHandlerContext ctx, ChannelPromise promise) throws Exception {
        over = true;
        outputEnded = true;
        super.close(ctx, promise);
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object msg) throws Exception {
        begun = true;
        if (inputEnded) {
            // The engine would take no more, and the bytes would pile up.
            ReferenceCountUtil.release(msg);
        } else {
            super.channelRead(ctx, msg);
        }
    }

    @Override
    protected void decode(ChannelHandlerContext ctx, ByteBuf in, List<Object> out) throws SSLException {
        decoding = true;
        try {
            super.decode(ctx, in, out);
        } finally {
            decoding = false;
        }
        if (!inputEnded && EngineEnds.closeNotifyCame(engine())) {
            inputEnded = true;
            outputEnded |= engine().isOutboundDone();
            in.skipBytes(in.readableBytes());
            ctx.fireUserEventTriggered(ChannelInputShutdownEvent.INSTANCE);
        }
        if (outputEnds != null) {
            ChannelPromise promise = outputEnds;
            outputEnds = null;
            try {
                endOutput(ctx, promise);
            } catch (Exception e) {
                promise.tryFailure(e);
            }
        }
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) throws Exception {
        if (event == Drain.INSTANCE && !begun) {
            drained = true;
            ctx.close();
        } else if (event != ChannelInputShutdownEvent.INSTANCE) {
            super.userEventTriggered(ctx, event);
        } else if (!handshakeFuture().isDone()) {
            ctx.close();
        } else {
            cutShort(ctx);
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) throws Exception {
        cutShort(ctx);
        super.channelInactive(ctx);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        over = true;
        if (handshakeFuture().isSuccess()) {
            ctx.fireExceptionCaught(explain.apply(cause));
        } else {
            // Whoever waits for the handshake is told by its future.
            ctx.close();
        }
    }

    private void cutShort(ChannelHandlerContext ctx) {
        if (handshakeFuture().isSuccess() && !inputEnded && !over) {
            over = true;
            ctx.fireExceptionCaught(
                    new IOException("the connection ended without TLS close_notify, so the data may be cut short"));
        }
    }
}
