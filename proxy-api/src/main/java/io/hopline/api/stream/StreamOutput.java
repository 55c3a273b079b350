package io.hopline.api.stream;

import io.hopline.api.Abort;
import io.hopline.api.EndOfOutput;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.socket.ChannelOutputShutdownException;
import java.nio.channels.ClosedChannelException;
import org.jspecify.annotations.Nullable;

/** Sends what waits in a stream's own buffer, which paces its writers, as far as there is room. */
final class StreamOutput {

    private final StreamLink link;
    private boolean aborted;
    private boolean ended;
    private boolean unwanted;
    private long heldSince;

    StreamOutput(StreamLink link) {
        this.link = link;
    }

    /** An Abort is on its way; it overtakes whatever waits before it. */
    void abort() {
        aborted = true;
    }

    boolean isAborted() {
        return aborted;
    }

    boolean hasEnded() {
        return ended;
    }

    /** From now on all is dropped as if it were sent. */
    void discard() {
        unwanted = true;
        heldSince = 0;
    }

    long heldSince() {
        return heldSince;
    }

    /** Fails what waits before the Abort. */
    static void drop(ChannelOutboundBuffer waiting) {
        ClosedChannelException dropped = new ClosedChannelException();
        for (Object next = waiting.current(); next != null; next = waiting.current()) {
            if (next == Abort.INSTANCE) {
                waiting.remove();
            } else {
                waiting.remove(dropped);
            }
        }
    }

    void send(ChannelOutboundBuffer waiting) {
        boolean sent = false;
        boolean room = true;
        for (Object next = waiting.current(); room && next != null; next = waiting.current()) {
            if (unwanted) {
                ended |= next == EndOfOutput.INSTANCE;
                waiting.remove();
            } else if (ended) {
                waiting.remove(new ChannelOutputShutdownException("the output of this stream has ended"));
            } else if (next instanceof ByteBuf bytes) {
                room = sendBytes(bytes, waiting);
                sent |= room;
            } else {
                sendMessage(next, waiting);
                sent = true;
            }
        }
        if (room) {
            heldSince = 0;
        } else if (sent || heldSince == 0) {
            heldSince = System.nanoTime() | 1;
        }
        if (sent) {
            link.flush();
        }
    }

    /** Whether some of the bytes, or all there were, could be sent. */
    private boolean sendBytes(ByteBuf bytes, ChannelOutboundBuffer waiting) {
        int readable = bytes.readableBytes();
        if (readable == 0) {
            waiting.remove();
            return true;
        }
        int room = link.room();
        if (room <= 0) {
            return false;
        }
        if (room < readable) {
            link.data(bytes.readRetainedSlice(room));
        } else {
            link.data(bytes.retain());
            waiting.remove();
        }
        return true;
    }

    private void sendMessage(Object message, ChannelOutboundBuffer waiting) {
        @Nullable RuntimeException refused = null;
        try {
            if (message == EndOfOutput.INSTANCE) {
                link.end();
                ended = true;
            } else {
                ended = link.message(message);
            }
        } catch (IllegalArgumentException e) {
            refused = e;
        }
        // Last of all, for whoever waits for it may close the stream.
        if (refused == null) {
            waiting.remove();
        } else {
            waiting.remove(refused);
        }
    }
}
