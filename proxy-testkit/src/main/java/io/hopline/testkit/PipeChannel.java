package io.hopline.testkit;

import io.hopline.api.Abort;
import io.hopline.api.EndOfOutput;
import io.netty.buffer.ByteBuf;
import io.netty.channel.AbstractChannel;
import io.netty.channel.ChannelConfig;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelMetadata;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.netty.channel.DefaultChannelConfig;
import io.netty.channel.EventLoop;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.util.ReferenceCountUtil;
import java.io.IOException;
import java.net.SocketAddress;
import java.nio.channels.ClosedChannelException;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * One end of a stream that is no socket, as those of SPDY and HTTP/2: no {@code connect()}, a window that is credited when data is
 * read, an end marker in the order of the data, and a reset. Both ends are on one loop.
 */
public final class PipeChannel extends AbstractChannel {

    private static final ChannelMetadata METADATA = new ChannelMetadata(false);
    private static final int WINDOW = 64 * 1024;
    private static final int MESSAGES_PER_READ = 4;

    private final ChannelConfig config = new DefaultChannelConfig(this).setAutoRead(false);
    private final Deque<Object> inbox = new ArrayDeque<>();
    private @Nullable PipeChannel peer;
    private int unread;
    private boolean wantsRead;
    private boolean open = true;
    private boolean outputEnded;

    private PipeChannel() {
        super(null);
        pipeline().addFirst(new End());
    }

    /** Two ends, registered with the loop; what is written to one is read from the other. */
    public static PipeChannel[] pair(EventLoop loop) {
        PipeChannel a = new PipeChannel();
        PipeChannel b = new PipeChannel();
        a.peer = b;
        b.peer = a;
        loop.register(a);
        loop.register(b);
        return new PipeChannel[] {a, b};
    }

    @Override
    protected void doBeginRead() {
        wantsRead = true;
        eventLoop().execute(this::deliver);
    }

    @Override
    protected Object filterOutboundMessage(Object message) {
        if (message instanceof ByteBuf || message == EndOfOutput.INSTANCE) {
            return message;
        }
        throw new UnsupportedOperationException("a stream carries bytes, not " + message.getClass());
    }

    @Override
    protected void doWrite(ChannelOutboundBuffer out) throws Exception {
        PipeChannel to = peer();
        for (Object message = out.current(); message != null && to.unread < WINDOW; message = out.current()) {
            if (!to.open || outputEnded) {
                out.remove(new ClosedChannelException());
                continue;
            }
            outputEnded = message == EndOfOutput.INSTANCE;
            to.receive(ReferenceCountUtil.retain(message));
            out.remove();
        }
    }

    @Override
    protected void doClose() {
        open = false;
        inbox.forEach(ReferenceCountUtil::release);
        inbox.clear();
        if (peer().open && !outputEnded) {
            outputEnded = true;
            peer().receive(EndOfOutput.INSTANCE);
        }
        eventLoop().execute(() -> peer().unsafe().flush());
    }

    private PipeChannel peer() {
        if (peer == null) {
            throw new IllegalStateException("a pipe has two ends");
        }
        return peer;
    }

    private void receive(Object message) {
        inbox.add(message);
        unread += size(message);
        if (wantsRead) {
            eventLoop().execute(this::deliver);
        }
    }

    private void deliver() {
        if (!wantsRead || inbox.isEmpty()) {
            return;
        }
        wantsRead = false;
        for (int i = 0; i < MESSAGES_PER_READ && inbox.peek() instanceof ByteBuf; i++) {
            Object bytes = inbox.remove();
            unread -= size(bytes);
            pipeline().fireChannelRead(bytes);
        }
        pipeline().fireChannelReadComplete();
        if (inbox.peek() == EndOfOutput.INSTANCE) {
            inbox.remove();
            pipeline().fireUserEventTriggered(ChannelInputShutdownEvent.INSTANCE);
        }
        peer().unsafe().flush();
    }

    private void wasReset() {
        if (open) {
            outputEnded = true;
            pipeline().fireExceptionCaught(new IOException("stream reset by peer"));
            close();
        }
    }

    private static int size(Object message) {
        return message instanceof ByteBuf bytes ? bytes.readableBytes() : 0;
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
        return open && isRegistered();
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
    protected @Nullable SocketAddress localAddress0() {
        return null;
    }

    @Override
    protected @Nullable SocketAddress remoteAddress0() {
        return null;
    }

    @Override
    protected void doBind(SocketAddress address) {
        throw new UnsupportedOperationException("a stream has no address");
    }

    @Override
    protected void doDisconnect() {
        doClose();
    }

    @Override
    protected AbstractUnsafe newUnsafe() {
        return new Unsafe();
    }

    private final class Unsafe extends AbstractUnsafe {
        @Override
        public void connect(SocketAddress remote, SocketAddress local, ChannelPromise promise) {
            promise.setFailure(new UnsupportedOperationException("a stream is open from the start"));
        }
    }

    /** Turns an abort into a reset at once. */
    private final class End extends ChannelOutboundHandlerAdapter {
        @Override
        public void write(ChannelHandlerContext ctx, Object message, ChannelPromise promise) {
            if (message == Abort.INSTANCE) {
                outputEnded = true;
                PipeChannel to = peer();
                ctx.close(promise.unvoid());
                eventLoop().execute(to::wasReset);
            } else {
                ctx.write(message, promise);
            }
        }
    }
}
