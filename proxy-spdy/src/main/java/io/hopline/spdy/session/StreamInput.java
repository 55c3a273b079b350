package io.hopline.spdy.session;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.util.ReferenceCountUtil;
import java.util.ArrayDeque;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/**
 * What has come in on a stream, handed to its pipeline as it is read for; what nobody reads waits here, and the peer gets no credit
 * for it.
 */
final class StreamInput {

    /** How much is handed on before read-complete, where handlers look at the writability of others. */
    private static final int TURN = 64 * 1024;

    /** Data of fewer bytes than this is small. */
    private static final int SMALL = 4 * 1024;

    /** A head, and trailers: they are taken without credit, so their number is limited. */
    private static final int MOST_HEADS = 4;

    private final SpdyStream stream;
    private final ReceiveWindow window;
    private final Queue<Object> held = new ArrayDeque<>();
    private @Nullable ByteBuf together;
    private int heads;
    private boolean begun;
    private boolean ended;
    private boolean endTold;
    private @Nullable StreamResetException breaking;
    private boolean over;
    private boolean wanted;
    private boolean paused;
    private boolean scheduled;
    private boolean handingOn;
    private int turn;
    private boolean completeOwed;

    StreamInput(SpdyStream stream, ReceiveWindow window) {
        this.stream = stream;
        this.window = window;
    }

    /** The peer's first header block comes; no if it has come before. */
    boolean begins() {
        boolean first = !begun;
        begun = true;
        return first;
    }

    /** Whether the peer's first header block has come. */
    boolean begun() {
        return begun;
    }

    /** Counts header blocks; no if there are too many to be trailers. */
    boolean takesHead() {
        return ++heads <= MOST_HEADS;
    }

    /** Whether the peer has sent FIN. */
    boolean ended() {
        return ended;
    }

    /** Counts data; no if the peer has sent more than the window lets it. */
    boolean takes(int bytes) {
        return window.arrived(bytes);
    }

    /** A header block. */
    void arrive(StreamHead head) {
        together = null;
        held.add(head);
        handOn();
    }

    /** Takes data over. */
    void arrive(ByteBuf data) {
        if (!data.isReadable()) {
            data.release();
        } else if (mayHandOn() || data.readableBytes() >= SMALL) {
            together = null;
            held.add(data);
            handOn();
        } else {
            keep(data);
        }
    }

    /** Small data would keep the large buffer alive that it was read into, so what nobody waits for is copied together. */
    private void keep(ByteBuf data) {
        ByteBuf last = together;
        if (last == null || last.maxFastWritableBytes() < data.readableBytes()) {
            last = stream.alloc().buffer(SMALL);
            held.add(last);
            together = last;
        }
        last.writeBytes(data);
        data.release();
    }

    /** The peer's FIN. */
    void end() {
        ended = true;
        held.add(ChannelInputShutdownEvent.INSTANCE);
        handOn();
    }

    /** The stream is no more, which its reader is told once it has read to the end. */
    void breakAtEnd(StreamResetException cause) {
        breaking = cause;
        if (endTold) {
            stream.breakOff(cause);
        }
    }

    /** The stream's reader wants more. */
    void read() {
        wanted = true;
        if (!held.isEmpty() && !scheduled) {
            scheduled = true;
            // The reader may be in the midst of something.
            stream.eventLoop().execute(this::resume);
        }
    }

    /** The stream's reader wants no more. */
    void pause() {
        wanted = false;
        paused = true;
    }

    private boolean mayHandOn() {
        return wanted || (completeOwed && !paused);
    }

    /** The channel beneath has nothing more for now. */
    void readComplete() {
        if (completeOwed) {
            complete();
        }
    }

    /** Drops what is held, and whatever comes from now on. */
    void close() {
        if (!over) {
            over = true;
            held.forEach(ReferenceCountUtil::release);
            held.clear();
            together = null;
            window.close();
        }
    }

    private void resume() {
        scheduled = false;
        handOn();
        readComplete();
    }

    private void handOn() {
        if (over || handingOn) {
            return;
        }
        handingOn = true;
        while (mayHandOn() && !held.isEmpty()) {
            Object next = held.remove();
            together = next == together ? null : together;
            handOn(next);
        }
        handingOn = false;
    }

    private void handOn(Object msg) {
        ChannelPipeline pipeline = stream.pipeline();
        if (!completeOwed) {
            // Whoever asks from now on, even from within, asks for what comes after this turn.
            wanted = false;
            paused = false;
            completeOwed = true;
            stream.owesReadComplete();
        }
        if (msg instanceof ByteBuf data) {
            int bytes = data.readableBytes();
            pipeline.fireChannelRead(data);
            consumed(bytes);
        } else if (msg instanceof StreamHead) {
            pipeline.fireChannelRead(msg);
            // Whoever reads the head may leave the rest to somebody else.
            complete();
        } else {
            complete();
            endTold = true;
            pipeline.fireUserEventTriggered(msg);
            if (breaking != null) {
                stream.breakOff(breaking);
            }
        }
    }

    private void consumed(int bytes) {
        int credit = over || ended ? 0 : window.consumed(bytes);
        if (credit > 0) {
            stream.credit(credit);
        }
        turn += bytes;
        if (turn >= TURN) {
            complete();
        }
    }

    private void complete() {
        turn = 0;
        completeOwed = false;
        // With auto-read on, this asks for more.
        stream.pipeline().fireChannelReadComplete();
    }
}
