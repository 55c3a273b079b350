package io.hopline.http2.session;

import io.hopline.api.EndOfOutput;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http2.Http2Error;
import java.io.IOException;
import java.util.concurrent.TimeUnit;

/** How a session ends: at once, or when the streams that are under way have finished (RFC 9113 section 6.8). */
final class Goodbye {

    private static final long LINGER_MILLIS = 1_000;

    private final SessionHandler handler;
    private final Http2Session session;
    private boolean draining;
    private boolean closing;
    private String reason = "the connection was lost";

    Goodbye(SessionHandler handler, Http2Session session) {
        this.handler = handler;
        this.session = session;
    }

    /** Whether no more streams can be opened, ever. */
    boolean isDraining() {
        return draining;
    }

    /** Why streams were lost, or will be. */
    String reason() {
        return reason;
    }

    /** Nothing new is to be begun. */
    void drain() {
        draining = true;
        closeIfDone();
    }

    /** As {@link #drain}, and this is why. */
    void because(String why) {
        draining = true;
        reason = why;
    }

    /** Tells the peer that nothing new is taken. */
    void say(String text) {
        draining = true;
        ChannelHandlerContext ctx = session.context();
        handler.goAway(
                ctx,
                handler.connection().remote().lastStreamCreated(),
                Http2Error.NO_ERROR.code(),
                ByteBufUtil.writeUtf8(ctx.alloc(), text),
                ctx.newPromise());
        ctx.flush();
    }

    void closeIfDone() {
        if (draining && !closing && session.isAlive() && session.isIdle()) {
            closing = true;
            ChannelHandlerContext ctx = session.context();
            // What the client still sends must not turn into a reset that overtakes the last response.
            ctx.writeAndFlush(EndOfOutput.INSTANCE);
            ctx.executor().schedule(() -> ctx.close(), LINGER_MILLIS, TimeUnit.MILLISECONDS);
        }
    }

    /** The peer sends no more frames: what has come in full may still be answered. */
    void inputEnds() {
        because("the peer ended the connection");
        handler.forEachStream(stream -> {
            if (!stream.channel().isInputEnded()) {
                stream.cutShort(new IOException(reason));
            }
        });
        if (closing || handler.connection().numActiveStreams() == 0) {
            session.context().close();
        }
        closeIfDone();
    }
}
