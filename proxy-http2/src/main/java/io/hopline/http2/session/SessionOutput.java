package io.hopline.http2.session;

import io.hopline.api.stream.StreamChannel;
import io.hopline.api.stream.Turns;
import io.hopline.http2.session.ReceiveWindows.Growth;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http2.Http2Connection.PropertyKey;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2Exception.HeaderListSizeException;
import io.netty.handler.codec.http2.Http2Stream;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** What the streams of a session send, as frames on its connection. */
final class SessionOutput {

    /** A stream's data of one turn; with its header it fills one record of TLS. */
    private static final int PIECE = 16 * 1024 - 9;

    /** There are no others, and none is used twice (RFC 9113 section 5.1.1). */
    private static final int LAST_ID = Integer.MAX_VALUE;

    private final SessionHandler handler;
    private final Http2Session session;
    private final SendWindows sendWindows;
    private final ReceiveWindows receiveWindows;
    private final PropertyKey key;
    private final Turns turns = new Turns();
    private final ResetIds resetIds = new ResetIds();
    private boolean flushScheduled;

    SessionOutput(
            SessionHandler handler,
            Http2Session session,
            SendWindows sendWindows,
            ReceiveWindows receiveWindows,
            PropertyKey key) {
        this.handler = handler;
        this.session = session;
        this.sendWindows = sendWindows;
        this.receiveWindows = receiveWindows;
        this.key = key;
        sendWindows.onOpened(this::windowOpened);
    }

    /** How many bytes of the stream may be sent now; if only others are in the way, it gets a turn. */
    int room(SessionStream of, Http2Stream stream) {
        int own = sendWindows.own(stream);
        if (own <= 0) {
            return 0;
        }
        int shared = shared();
        if (shared <= 0 || !turns.may(of.channel())) {
            turns.await(of.channel());
            return 0;
        }
        return Math.min(PIECE, Math.min(own, shared));
    }

    private int shared() {
        return session.isAlive() && session.connectionChannel().isWritable() ? sendWindows.shared() : 0;
    }

    /** The connection takes bytes, or takes none any more. */
    void roomChanged() {
        turns.go(() -> shared() > 0);
        flushSoon();
    }

    private void windowOpened(Http2Stream of) {
        if (of == handler.connection().connectionStream()) {
            roomChanged();
        } else {
            SessionStream stream = session.stream(of);
            if (stream != null) {
                stream.channel().resume();
            }
        }
    }

    /** Begins a stream with its first head. */
    void open(SessionStream stream, Head head) {
        int id = handler.connection().local().incrementAndGetNextStreamId();
        if (id == LAST_ID) {
            session.goodbye().drain();
        }
        if (id < 0 || !session.isAlive()) {
            stream.refusedBy(session.lossReason());
            return;
        }
        ChannelHandlerContext ctx = session.context();
        ChannelFuture sent = handler.encoder().writeHeaders(ctx, id, head.headers(), 0, head.last(), ctx.newPromise());
        Http2Stream created = handler.connection().stream(id);
        if (created == null && sent.cause() instanceof HeaderListSizeException tooLarge) {
            // Never sent, and other sessions would be told the same.
            stream.lost(new IOException(tooLarge.getMessage()));
            return;
        }
        if (created == null) {
            // Never sent: the session says goodbye, or is full.
            stream.refusedBy(
                    sent.cause() == null
                            ? session.lossReason()
                            : String.valueOf(sent.cause().getMessage()));
            return;
        }
        created.setProperty(key, stream);
        stream.started(created);
        if (sent.isDone() && !sent.isSuccess()) {
            stream.lost(sent.cause());
        }
    }

    void head(Http2Stream stream, Head head) {
        ChannelHandlerContext ctx = session.context();
        handler.encoder().writeHeaders(ctx, stream.id(), head.headers(), 0, head.last(), ctx.newPromise());
    }

    void data(Http2Stream stream, ByteBuf bytes) {
        ChannelHandlerContext ctx = session.context();
        turns.sent(bytes.readableBytes());
        sendWindows.sent(stream, bytes.readableBytes());
        handler.encoder().frameWriter().writeData(ctx, stream.id(), bytes, 0, false, ctx.newPromise());
    }

    void end(Http2Stream stream) {
        ChannelHandlerContext ctx = session.context();
        ChannelFuture sent = handler.encoder()
                .frameWriter()
                .writeData(ctx, stream.id(), Unpooled.EMPTY_BUFFER, 0, true, ctx.newPromise());
        handler.closeStreamLocal(stream, sent);
    }

    void reset(Http2Stream stream, Http2Error error) {
        if (session.isAlive() && stream.state() != Http2Stream.State.CLOSED) {
            ChannelHandlerContext ctx = session.context();
            resetIds.add(stream.id());
            handler.encoder().writeRstStream(ctx, stream.id(), error.code(), ctx.newPromise());
            flushSoon();
        }
    }

    /** Whether we have lately reset the stream, of which the peer may not know yet. */
    boolean hasReset(int id) {
        return resetIds.contains(id);
    }

    void consumed(Http2Stream stream, Growth growth, int bytes) {
        if (session.isAlive() && stream.state() != Http2Stream.State.CLOSED) {
            try {
                receiveWindows.consumed(stream, growth, bytes);
                flushSoon();
            } catch (Http2Exception e) {
                handler.onError(session.context(), false, e);
            }
        }
    }

    /** The stream's channel is closed, if it has got any. */
    void closed(@Nullable StreamChannel channel, Growth growth) {
        if (channel != null) {
            turns.leave(channel);
        }
        receiveWindows.closed(growth);
        session.owner().changed(session);
    }

    void flushSoon() {
        if (!handler.isReading() && !flushScheduled && session.isAlive()) {
            flushScheduled = true;
            session.context().executor().execute(() -> {
                flushScheduled = false;
                session.context().flush();
            });
        }
    }
}
