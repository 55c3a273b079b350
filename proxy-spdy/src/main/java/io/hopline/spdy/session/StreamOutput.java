package io.hopline.spdy.session;

import io.hopline.api.EndOfOutput;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.socket.ChannelOutputShutdownException;
import org.jspecify.annotations.Nullable;

/** What a stream has to send: it waits in the channel's own buffer, which paces its writers, until the session gives it a turn. */
final class StreamOutput {

    /** What a turn leaves behind. */
    enum Turn {
        /** More that can go out. */
        MORE,
        /** Nothing, or nothing that fits the stream's window. */
        DONE,
        /** Data that does not fit the session's window. */
        SESSION_FULL
    }

    /** Data of a turn; with its header it fills one record of TLS. */
    private static final int CHUNK = 16 * 1024 - 8;

    private final SpdyStream stream;
    private SendWindow window;
    private boolean begun;
    private boolean ended;
    private boolean unwanted;
    private boolean blocked;
    private long blockedNanos;

    StreamOutput(SpdyStream stream, SendWindow window) {
        this.stream = stream;
        this.window = window;
    }

    /** Whether FIN was sent. */
    boolean ended() {
        return ended;
    }

    /** The stream is told to the peer only now, so the window is what the peer says now. */
    void restart(SendWindow current) {
        window = current;
    }

    /** Changes the peer's window; no if it grows too large. */
    boolean changeWindow(int delta) {
        return window.change(delta);
    }

    /** How long data has been waiting for the peer to widen a window, in nanoseconds. */
    long blockedFor(long nowNanos) {
        return blocked ? nowNanos - blockedNanos : 0;
    }

    /** The peer has ended its side and then reset the stream: all is well, but it takes nothing more. */
    void discard() {
        unwanted = true;
        drop();
    }

    /** Drops what waits if nobody wants it; tells whether that is so. */
    boolean drop() {
        if (unwanted) {
            ChannelOutboundBuffer out = buffer();
            while (out != null && out.remove()) {
                out = buffer();
            }
        }
        return unwanted;
    }

    /** Sends one frame of what waits. */
    Turn turn(Outgoing to) {
        ChannelOutboundBuffer out = buffer();
        Object msg = out == null ? null : out.current();
        if (out == null || msg == null || drop()) {
            return Turn.DONE;
        }
        if (ended) {
            out.remove(new ChannelOutputShutdownException("the output of this stream has ended"));
            return more();
        }
        if (msg instanceof ByteBuf data) {
            return data(out, data, to);
        }
        if (msg instanceof StreamHead head) {
            to.head(stream, head, !begun);
            begun = true;
            ended = head.last();
        } else if (msg == EndOfOutput.INSTANCE) {
            to.data(stream, true, stream.alloc().ioBuffer(0));
            ended = true;
        }
        if (ended) {
            // Before whoever waits for this write closes the stream.
            stream.endedOneWay();
        }
        out.remove();
        return more();
    }

    private Turn data(ChannelOutboundBuffer out, ByteBuf data, Outgoing to) {
        int bytes = Math.min(data.readableBytes(), Math.min(CHUNK, Math.min(window.open(), to.window())));
        if (bytes == 0 && data.isReadable()) {
            if (!blocked) {
                blocked = true;
                blockedNanos = System.nanoTime();
            }
            return window.open() > 0 ? Turn.SESSION_FULL : Turn.DONE;
        }
        blocked = false;
        window.take(bytes);
        if (bytes > 0) {
            to.data(stream, false, data.readRetainedSlice(bytes));
        }
        if (!data.isReadable()) {
            out.remove();
        }
        return more();
    }

    private Turn more() {
        ChannelOutboundBuffer out = buffer();
        return out != null && out.current() != null ? Turn.MORE : Turn.DONE;
    }

    private @Nullable ChannelOutboundBuffer buffer() {
        return stream.unsafe().outboundBuffer();
    }
}
