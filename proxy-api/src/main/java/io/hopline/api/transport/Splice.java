package io.hopline.api.transport;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.epoll.EpollIoOps;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.epoll.Native;
import io.netty.channel.socket.ChannelOutputShutdownException;
import io.netty.channel.unix.Errors;
import io.netty.channel.unix.Socket;
import java.io.IOException;
import java.util.Iterator;
import java.util.Map;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Moves bytes from one socket to another in the kernel, by way of a pipe, while they come in bulk; a trickle is cheaper to copy.
 *
 * <p>It only ever moves data. An end, an error or an abort is left to the channels: they hear of it as they do without a splice,
 * and never before all that came earlier has reached the other socket. On the loop of both.
 */
public final class Splice {

    /** What a pipe holds. */
    private static final int PIPE = 64 << 10;

    /** A call that moves less has most likely emptied the socket. */
    private static final int SHORT = 32 << 10;

    /** What one socket may move before the others have their turn. */
    private static final int TURN = 512 << 10;

    /** Where a whole turn moves less, it is no bulk any more. */
    private static final int TRICKLE = 8 << 10;

    private final EpollLoop loop;
    private final EpollSocketChannel from;
    private final EpollSocketChannel to;
    private final EpollRegistration source;
    private final EpollRegistration sink;
    private final IntConsumer moved;
    private boolean on;
    private int piece;
    private @Nullable Pipe pipe;
    private int held;

    private Splice(
            EpollLoop loop,
            EpollSocketChannel from,
            EpollSocketChannel to,
            EpollRegistration source,
            EpollRegistration sink,
            IntConsumer moved) {
        this.loop = loop;
        this.from = from;
        this.to = to;
        this.source = source;
        this.sink = sink;
        this.moved = moved;
    }

    /**
     * A splice from one channel to the other; null if there can be none, because one of them is no bare socket of this loop: then
     * whatever its handlers do to the bytes must be done.
     *
     * @param fromHandler the one handler that may stand in a pipeline above TCP
     * @param toHandler as {@code fromHandler}
     * @param moved is told how many bytes have left the first socket
     */
    public static @Nullable Splice between(
            Channel from, ChannelHandler fromHandler, Channel to, ChannelHandler toHandler, IntConsumer moved) {
        EpollLoop loop = EpollLoop.current();
        if (loop == null
                || !(from instanceof EpollSocketChannel one && to instanceof EpollSocketChannel other)
                || !isBare(from, fromHandler)
                || !isBare(to, toHandler)) {
            return null;
        }
        EpollRegistration source = loop.of(from);
        EpollRegistration sink = loop.of(to);
        return source == null || sink == null ? null : new Splice(loop, one, other, source, sink, moved);
    }

    private static boolean isBare(Channel channel, ChannelHandler relay) {
        Iterator<Map.Entry<String, ChannelHandler>> handlers =
                channel.pipeline().iterator();
        return handlers.hasNext()
                && handlers.next().getValue() instanceof TcpEnd
                && handlers.hasNext()
                && handlers.next().getValue() == relay
                && !handlers.hasNext();
    }

    /** From now on, for as long as it pays, what comes is moved past the channels; does nothing while the sink has data to send. */
    public void start() {
        ChannelOutboundBuffer waiting = to.unsafe().outboundBuffer();
        if (!on && waiting != null && waiting.totalPendingWriteBytes() == 0) {
            on = true;
            piece = wholeSegments();
            source.spliceOut(this);
        }
    }

    /** What one call moves at most: a pipe's rest would go out in a small segment of its own, which costs as much as a large one. */
    private int wholeSegments() {
        int segment = (int) to.tcpInfo().sndMss();
        return segment > 0 && segment < PIPE ? PIPE - PIPE % segment : PIPE;
    }

    /** Ends it; what has not reached the sink is dropped. */
    public void close() {
        stop();
        if (pipe != null) {
            pipe.close();
            pipe = null;
            held = 0;
            sink.spliceInto(null);
        }
    }

    private void stop() {
        if (on) {
            on = false;
            source.spliceOut(null);
        }
    }

    /** Whether the sink takes no more for now, so that the source must wait. */
    boolean blocked() {
        return held > 0;
    }

    /** Whether the event at the source is dealt with; otherwise its channel has to. */
    boolean takes(EpollIoOps ops) {
        boolean error = ops.contains(EpollIoOps.EPOLLERR);
        if (error && blocked()) {
            // Left to the channel, which may first read what had come before the error, this would overtake what is
            // held.
            broke();
        }
        return blocked() || (!error && source.reads() && to.isOpen() && move());
    }

    /** The sink takes data again. */
    void writable() {
        if (drain()) {
            release();
        }
    }

    /** Whether there was anything to move. */
    private boolean move() {
        int turn = 0;
        try {
            Pipe way = loop.takePipe();
            pipe = way;
            int in = piece;
            while (in >= SHORT && turn < TURN && !blocked()) {
                in = Native.splice(from.fd().intValue(), -1, way.in().intValue(), -1, piece);
                held = in;
                turn += in;
                moved.accept(in);
                if (!drain()) {
                    return true;
                }
            }
        } catch (IOException e) {
            if (pipe == null) {
                // Too many open files: copying needs none.
                stop();
                return false;
            }
            from.pipeline().fireExceptionCaught(e);
            return true;
        }
        release();
        if (turn < TRICKLE) {
            stop();
        }
        return turn > 0;
    }

    /** Whether all that was held has reached the sink. */
    private boolean drain() {
        boolean before = sink.awaits(this);
        try {
            int out = 1;
            while (pipe != null && held > 0 && out > 0) {
                out = Native.splice(pipe.out().intValue(), -1, to.fd().intValue(), -1, held);
                held -= out;
            }
        } catch (IOException e) {
            close();
            // As Netty does where it can't write, and in its order: the shutdown tells no reason.
            to.pipeline().fireExceptionCaught(new ChannelOutputShutdownException("splice", e));
            to.shutdownOutput();
            return false;
        }
        if (blocked() != before) {
            sink.spliceInto(blocked() ? this : null);
            source.change();
        }
        return !blocked();
    }

    private void release() {
        if (pipe != null) {
            loop.giveBack(pipe);
            pipe = null;
        }
    }

    private void broke() {
        try {
            throw Errors.newIOException("splice", -((Socket) from.fd()).getSoError());
        } catch (IOException e) {
            from.pipeline().fireExceptionCaught(e);
        }
    }
}
