package io.hopline.fuzz;

import io.hopline.api.Abort;
import io.hopline.api.EndOfOutput;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.AbstractChannel;
import io.netty.channel.ChannelConfig;
import io.netty.channel.ChannelMetadata;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.ChannelPromise;
import io.netty.channel.DefaultChannelConfig;
import io.netty.channel.DefaultChannelPipeline;
import io.netty.channel.EventLoop;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.util.ReferenceCountUtil;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.channels.ClosedChannelException;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/** A connection whose far end is played: as a socket does, it hands on what came only when it is read. */
final class Line extends AbstractChannel {

    private static final ChannelMetadata METADATA = new ChannelMetadata(false);
    private static final SocketAddress NEAR = new InetSocketAddress("192.0.2.1", 1080);
    /** Beyond this machine, so that guards are on. */
    private static final SocketAddress FAR = new InetSocketAddress("203.0.113.9", 40_000);

    private final ChannelConfig config = new DefaultChannelConfig(this);
    private final Deque<Object> came = new ArrayDeque<>();
    private final ByteArrayOutputStream told = new ByteArrayOutputStream();
    private boolean wanted;
    private boolean inputEnded;
    private boolean outputEnded;
    private boolean open = true;
    private @Nullable AssertionError unheard;

    Line(ByteBufAllocator allocator, EventLoop loop) {
        super(null);
        config.setAllocator(allocator).setAutoRead(false);
        loop.register(this);
    }

    /** The far end says this. */
    void say(byte[] bytes) {
        came(alloc().buffer(bytes.length).writeBytes(bytes));
    }

    /** The far end ends its output. */
    void end() {
        came(ChannelInputShutdownEvent.INSTANCE);
    }

    /** The far end is gone. */
    void reset() {
        if (open) {
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

    private void came(Object what) {
        if (open) {
            came.add(what);
            deliverLater();
        } else {
            ReferenceCountUtil.release(what);
        }
    }

    private void deliverLater() {
        if (wanted && !came.isEmpty()) {
            eventLoop().execute(this::deliver);
        }
    }

    private void deliver() {
        if (!open || !wanted || came.isEmpty()) {
            return;
        }
        wanted = false;
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
    protected void doBeginRead() {
        wanted = true;
        deliverLater();
    }

    @Override
    protected Object filterOutboundMessage(Object message) {
        if (message instanceof ByteBuf || message == EndOfOutput.INSTANCE) {
            return message;
        }
        if (message == Abort.INSTANCE) {
            // At once, past all that waits.
            close();
            return message;
        }
        unheard = new AssertionError("not bytes but a " + message.getClass() + " was written");
        throw new UnsupportedOperationException(unheard.getMessage());
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
    protected void doClose() {
        open = false;
        came.forEach(ReferenceCountUtil::release);
        came.clear();
    }

    @Override
    protected void doDisconnect() {
        doClose();
    }

    @Override
    protected void doBind(SocketAddress address) {
        throw new UnsupportedOperationException("it is connected already");
    }

    @Override
    public ChannelConfig config() {
        return config;
    }

    @Override
    public boolean isOpen() {
        return open;
    }

    @Override
    public boolean isActive() {
        return open;
    }

    @Override
    public ChannelMetadata metadata() {
        return METADATA;
    }

    @Override
    protected boolean isCompatible(EventLoop loop) {
        return true;
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

    @Override
    protected AbstractUnsafe newUnsafe() {
        return new Unsafe();
    }

    private final class Unsafe extends AbstractUnsafe {
        @Override
        public void connect(SocketAddress remote, @Nullable SocketAddress local, ChannelPromise promise) {
            promise.setFailure(new UnsupportedOperationException("it is connected already"));
        }
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
