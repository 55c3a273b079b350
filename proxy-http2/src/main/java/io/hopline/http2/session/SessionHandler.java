package io.hopline.http2.session;

import static io.netty.handler.codec.http2.Http2Error.PROTOCOL_ERROR;
import static io.netty.handler.codec.http2.Http2Exception.connectionError;

import io.hopline.api.Drain;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.handler.codec.http2.Http2ConnectionDecoder;
import io.netty.handler.codec.http2.Http2ConnectionEncoder;
import io.netty.handler.codec.http2.Http2ConnectionHandler;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2Exception.HeaderListSizeException;
import io.netty.handler.codec.http2.Http2Settings;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Netty's end of a session: reads frames, and tells the session what becomes of the connection. */
final class SessionHandler extends Http2ConnectionHandler {

    private final Http2Session session;
    private List<SessionStream> ready = new ArrayList<>();
    private boolean reading;

    SessionHandler(
            Http2ConnectionDecoder decoder,
            Http2ConnectionEncoder encoder,
            Http2Settings initialSettings,
            SessionBuilder made) {
        super(decoder, encoder, initialSettings, true);
        this.session = made.session(this);
        SessionFrames frames = new SessionFrames(session);
        decoder.frameListener(frames);
        connection().addListener(frames);
    }

    Http2Session session() {
        return session;
    }

    /** Whether what is written now goes out when all is read that came along. */
    boolean isReading() {
        return reading;
    }

    /** The stream has something to deliver once all is read that came along. */
    void ready(SessionStream stream) {
        if (!stream.ready) {
            stream.ready = true;
            ready.add(stream);
        }
    }

    void forEachStream(Consumer<SessionStream> action) {
        List<SessionStream> all = new ArrayList<>();
        try {
            connection().forEachActiveStream(active -> {
                SessionStream stream = session.stream(active);
                if (stream != null) {
                    all.add(stream);
                }
                return true;
            });
        } catch (Http2Exception e) {
            throw new IllegalStateException(e);
        }
        all.forEach(action);
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) throws Exception {
        session.added(ctx);
        super.handlerAdded(ctx);
        session.started();
        flush(ctx);
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object msg) throws Exception {
        reading = true;
        session.heartbeat().heard((ByteBuf) msg);
        super.channelRead(ctx, msg);
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext ctx) throws Exception {
        deliver();
        reading = false;
        super.channelReadComplete(ctx);
    }

    private void deliver() {
        List<SessionStream> batch = ready;
        ready = new ArrayList<>();
        for (SessionStream stream : batch) {
            stream.ready = false;
            stream.channel().deliver();
        }
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext ctx) throws Exception {
        super.channelWritabilityChanged(ctx);
        session.output().roomChanged();
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) throws Exception {
        if (event == Drain.INSTANCE) {
            session.drain();
        } else if (event == ChannelInputShutdownEvent.INSTANCE) {
            deliver();
            session.goodbye().inputEnds();
            session.owner().changed(session);
        } else {
            super.userEventTriggered(ctx, event);
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) throws Exception {
        deliver();
        session.lost();
        session.owner().ended(session.lossReason());
        super.channelInactive(ctx);
        session.owner().changed(session);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) throws Exception {
        if (cause instanceof Http2Exception || cause.getCause() instanceof Http2Exception) {
            super.exceptionCaught(ctx, cause);
        } else {
            session.goodbye().because(String.valueOf(cause.getMessage()));
            ctx.close();
        }
    }

    @Override
    protected void onStreamError(
            ChannelHandlerContext ctx, boolean outbound, Throwable cause, Http2Exception.StreamException error) {
        if (!outbound && error instanceof HeaderListSizeException) {
            session.owner().headTooLarge();
        }
        SessionStream stream = session.stream(connection().stream(error.streamId()));
        if (stream != null) {
            stream.lost(new IOException("HTTP/2 stream error: " + error.getMessage(), cause));
        } else if (error.error() == Http2Error.STREAM_CLOSED && session.output().hasReset(error.streamId())) {
            return;
        } else if (session.skipped().contains(error.streamId())) {
            onError(ctx, outbound, connectionError(PROTOCOL_ERROR, "stream %d is none", error.streamId()));
            return;
        } else if (session.isServer()) {
            session.skipped().used(error.streamId());
        }
        super.onStreamError(ctx, outbound, cause, error);
    }

    @Override
    protected void onConnectionError(
            ChannelHandlerContext ctx, boolean outbound, Throwable cause, @Nullable Http2Exception error) {
        // Netty has no exception of its own for what is so large that it does not read on.
        if (!outbound && String.valueOf(cause.getMessage()).startsWith("Header size exceeded")) {
            session.owner().headTooLarge();
        }
        session.goodbye().because("HTTP/2 connection error: " + cause.getMessage());
        super.onConnectionError(ctx, outbound, cause, error);
    }
}
