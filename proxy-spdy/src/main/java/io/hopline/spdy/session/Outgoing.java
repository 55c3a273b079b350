package io.hopline.spdy.session;

import io.hopline.api.stream.StreamChannel;
import io.hopline.api.stream.Turns;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.spdy.DefaultSpdyHeadersFrame;
import io.netty.handler.codec.spdy.DefaultSpdyRstStreamFrame;
import io.netty.handler.codec.spdy.DefaultSpdySynReplyFrame;
import io.netty.handler.codec.spdy.DefaultSpdySynStreamFrame;
import io.netty.handler.codec.spdy.DefaultSpdyWindowUpdateFrame;
import io.netty.handler.codec.spdy.SpdyFrame;
import io.netty.handler.codec.spdy.SpdyHeadersFrame;
import io.netty.handler.codec.spdy.SpdyStreamStatus;

/**
 * Writes a session's frames: streams take turns of one frame each where they must wait for each other, and what was written is
 * flushed once for all of them.
 */
final class Outgoing {

    /** What may wait in the channel beneath: a peer that asks for answers and reads none of them must not fill the memory. */
    private static final int MOST_UNREAD = 1 << 20;

    private static final byte PRIORITY = 3;

    private final ChannelHandlerContext ctx;
    private final Streams streams;
    private final boolean server;
    private final SendWindow window;
    private final Turns turns = new Turns();
    private int initialWindow = SendWindow.INITIAL;
    private boolean scheduled;
    private boolean reading;
    private boolean stopped;

    Outgoing(ChannelHandlerContext ctx, Streams streams, boolean server, boolean hasSessionWindow) {
        this.ctx = ctx;
        this.streams = streams;
        this.server = server;
        this.window = hasSessionWindow ? SendWindow.of(SendWindow.INITIAL) : SendWindow.unlimited();
    }

    /** Widens the session's window; no if it grows too large. */
    boolean credit(int bytes) {
        boolean valid = window.change(bytes);
        wake();
        return valid;
    }

    /** Bytes that the stream may send now; if that is none, it is resumed once it is some. */
    int room(StreamChannel stream) {
        int room = shared();
        if (room > 0 && turns.may(stream)) {
            return room;
        }
        turns.await(stream);
        return 0;
    }

    private int shared() {
        return ctx.channel().isWritable() ? window.open() : 0;
    }

    /** The stream sends nothing any more. */
    void leave(StreamChannel stream) {
        turns.leave(stream);
    }

    /** The window that a new stream has. */
    SendWindow newWindow() {
        return SendWindow.of(initialWindow);
    }

    /** Sets the window that new streams have; returns by how much those of the others change. */
    int setInitialWindow(int size) {
        int delta = size - initialWindow;
        initialWindow = size;
        return delta;
    }

    /** Writes a frame that concerns the session, or ends a stream. */
    void control(SpdyFrame frame) {
        if (!stopped) {
            ctx.write(frame, ctx.voidPromise());
            wake();
        }
    }

    /** Lets the codec go; TCP and TLS know no frames, so none may follow. */
    void stop(FrameCodec codec) {
        stopped = true;
        ctx.pipeline().remove(codec);
    }

    /** Lets the peer send more on a stream, or in the session if the id is 0. */
    void grant(int id, int bytes) {
        control(new DefaultSpdyWindowUpdateFrame(id, bytes));
    }

    void reset(int id, SpdyStreamStatus status) {
        control(new DefaultSpdyRstStreamFrame(id, status));
    }

    /** Whether the peer lets answers pile up. */
    boolean congested() {
        return ctx.channel().bytesBeforeWritable() > MOST_UNREAD;
    }

    void head(SpdyStream stream, StreamHead head, boolean first) {
        SpdyHeadersFrame frame = frame(stream, first);
        frame.setLast(head.last());
        frame.headers().set(head.headers());
        ctx.write(frame, ctx.voidPromise());
    }

    private SpdyHeadersFrame frame(SpdyStream stream, boolean first) {
        if (first && !server) {
            stream.told(streams.assign(stream), newWindow());
            return new DefaultSpdySynStreamFrame(stream.id(), 0, PRIORITY, false);
        }
        return first
                ? new DefaultSpdySynReplyFrame(stream.id(), false)
                : new DefaultSpdyHeadersFrame(stream.id(), false);
    }

    void data(SpdyStream stream, boolean last, ByteBuf data) {
        window.take(data.readableBytes());
        turns.sent(data.readableBytes());
        FrameCodec.writeData(ctx, stream.id(), last, data);
    }

    /** The channel beneath is being read: all that this leads to goes out at its end. */
    void readBegan() {
        reading = true;
    }

    void readEnded() {
        reading = false;
        run();
    }

    /** Sends what can be sent, soon. */
    void wake() {
        if (!reading && !scheduled) {
            scheduled = true;
            // One flush for all that this round of the event loop has to say.
            ctx.executor().execute(this::runScheduled);
        }
    }

    private void runScheduled() {
        scheduled = false;
        run();
    }

    private void run() {
        turns.go(() -> shared() > 0);
        ctx.flush();
    }
}
