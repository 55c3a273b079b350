package io.hopline.api.stream;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import org.jspecify.annotations.Nullable;

/** Hands what comes in on a stream to its pipeline, as far as it is asked for. */
final class StreamInput {

    /** How much is handed on before read-complete, where handlers look at the writability of others. */
    private static final int BATCH = 64 * 1024;

    private final StreamChannel channel;
    private final StreamLink link;
    private final Held held = new Held();
    private final Runnable later = this::deliverLater;
    private boolean wanted;
    private boolean paused;
    private boolean scheduled;
    private boolean delivering;
    private boolean begun;
    private boolean ended;
    private boolean endTold;
    private boolean closed;
    private @Nullable Throwable breaking;

    StreamInput(StreamChannel channel, StreamLink link) {
        this.channel = channel;
        this.link = link;
    }

    /** Whether anything was handed on. */
    boolean hasBegun() {
        return begun;
    }

    boolean hasEnded() {
        return ended;
    }

    void bytes(ByteBuf bytes) {
        if (closed || ended || !bytes.isReadable()) {
            bytes.release();
        } else {
            add(bytes);
        }
    }

    void message(Object message) {
        if (!closed && !ended) {
            add(message);
        }
    }

    private void add(Object next) {
        held.add(next);
        if (!wanted) {
            held.keep(channel.alloc());
        }
    }

    void end() {
        ended = true;
    }

    /** The stream is broken, which its reader is told once it has read to the end. */
    void breakAtEnd(Throwable cause) {
        breaking = cause;
        if (endTold) {
            channel.failed(cause);
        }
    }

    /** The stream's reader asks for more. */
    void read() {
        wanted = true;
        paused = false;
        if (hasNews() && !delivering && !scheduled) {
            // Like any other channel's, a read is never answered from within.
            scheduled = true;
            channel.eventLoop().execute(later);
        }
    }

    /** The stream's reader wants nothing more, be it in the midst of a batch. */
    void pause() {
        wanted = false;
        paused = true;
    }

    void close() {
        closed = true;
        held.release();
    }

    private boolean hasNews() {
        return !held.isEmpty() || (ended && !endTold);
    }

    private void deliverLater() {
        scheduled = false;
        deliver();
    }

    void deliver() {
        if (delivering) {
            return;
        }
        delivering = true;
        try {
            while (wanted && !closed && hasNews()) {
                wanted = false;
                paused = false;
                if (held.isEmpty()) {
                    tellEnd();
                } else {
                    handOn();
                    channel.pipeline().fireChannelReadComplete();
                }
            }
        } finally {
            delivering = false;
        }
        if (!wanted) {
            held.keep(channel.alloc());
        }
    }

    /** Bytes as they come, or one message: whoever reads it may leave the rest to somebody else. */
    private void handOn() {
        begun = true;
        ChannelPipeline pipeline = channel.pipeline();
        if (!held.startsWithBytes()) {
            pipeline.fireChannelRead(held.next());
            return;
        }
        int bytes = 0;
        while (bytes < BATCH && !paused && !closed && held.startsWithBytes()) {
            ByteBuf next = (ByteBuf) held.next();
            bytes += next.readableBytes();
            pipeline.fireChannelRead(next);
        }
        if (!closed) {
            link.consumed(bytes);
        }
    }

    private void tellEnd() {
        endTold = true;
        channel.pipeline().fireUserEventTriggered(ChannelInputShutdownEvent.INSTANCE);
        Throwable cause = breaking;
        if (cause != null) {
            channel.failed(cause);
        }
    }
}
