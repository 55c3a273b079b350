package io.hopline.fuzz;

import io.hopline.api.Abort;
import io.hopline.api.EndOfOutput;
import io.hopline.testkit.MemoryChannel;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.DefaultChannelPipeline;
import io.netty.channel.EventLoop;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.util.ReferenceCountUtil;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.channels.ClosedChannelException;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/** A connection whose far end is played: as a socket does, it hands on what came only when it is read. */
final class Line extends MemoryChannel {

    private static final SocketAddress NEAR = new InetSocketAddress("192.0.2.1", 1080);
    /** Beyond this machine, so that guards are on. */
    private static final SocketAddress FAR = new InetSocketAddress("203.0.113.9", 40_000);

    private final ByteArrayOutputStream told = new ByteArrayOutputStream();
    private boolean inputEnded;
    private boolean outputEnded;
    private @Nullable AssertionError unheard;

    Line(ByteBufAllocator allocator, EventLoop loop) {
        config().setAllocator(allocator);
        loop.register(this);
    }

    /** The far end says this. */
    void say(byte[] bytes) {
        receive(alloc().buffer(bytes.length).writeBytes(bytes));
    }

    /** The far end ends its output. */
    void end() {
        receive(ChannelInputShutdownEvent.INSTANCE);
    }

    /** The far end is gone. */
    void reset() {
        if (isOpen()) {
            pipeline().fireExceptionCaught(new ResetException());
            close();
        }
    }

    /** All that the far end was told so far. */
    byte[] told() {
        return told.toByteArray();
    }

    /** Whether the far end was told in an orderly way that no more comes. */
    boolean ended() {
        return outputEnded;
    }

    /** @throws AssertionError if an exception or a message came to the end of the pipeline, where nobody is */
    void check() {
        if (unheard != null) {
            throw unheard;
        }
    }

    @Override
    protected void deliver(Queue<Object> came) {
        Object next = came.remove();
        if (next instanceof ByteBuf) {
            pipeline().fireChannelRead(next);
            pipeline().fireChannelReadComplete();
        } else {
            inputEnded = true;
            pipeline().fireUserEventTriggered(next);
            closeIfEnded();
        }
    }

    private void closeIfEnded() {
        if (inputEnded && outputEnded) {
            close();
        }
    }

    @Override
    protected Object filterOutboundMessage(Object message) {
        if (message == Abort.INSTANCE) {
            // At once, past all that waits.
            close();
            return message;
        }
        try {
            return super.filterOutboundMessage(message);
        } catch (UnsupportedOperationException e) {
            unheard = new AssertionError(e);
            throw e;
        }
    }

    @Override
    protected void doWrite(ChannelOutboundBuffer out) {
        for (Object message = out.current(); message != null; message = out.current()) {
            if (outputEnded) {
                out.remove(new ClosedChannelException());
                continue;
            }
            if (message instanceof ByteBuf bytes) {
                byte[] some = new byte[bytes.readableBytes()];
                bytes.readBytes(some);
                told.writeBytes(some);
            } else if (message == EndOfOutput.INSTANCE) {
                outputEnded = true;
                eventLoop().execute(this::closeIfEnded);
            }
            out.remove();
        }
    }

    @Override
    protected SocketAddress localAddress0() {
        return NEAR;
    }

    @Override
    protected SocketAddress remoteAddress0() {
        return FAR;
    }

    @Override
    protected DefaultChannelPipeline newChannelPipeline() {
        return new Pipeline(this);
    }

    private static final class Pipeline extends DefaultChannelPipeline {

        private final Line line;

        Pipeline(Line line) {
            super(line);
            this.line = line;
        }

        @Override
        protected void onUnhandledInboundException(Throwable cause) {
            if (!(cause instanceof ResetException)) {
                line.unheard = new AssertionError("an exception came to nobody", cause);
            }
        }

        @Override
        protected void onUnhandledInboundMessage(Object message) {
            line.unheard = new AssertionError("a message came to nobody: " + message);
            ReferenceCountUtil.release(message);
        }
    }

    private static final class ResetException extends IOException {
        private static final long serialVersionUID = 1L;

        ResetException() {
            super("Connection reset by peer");
        }
    }
}
