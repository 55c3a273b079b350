package io.hopline.testkit;

import io.hopline.api.Abort;
import io.hopline.api.EndOfOutput;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.netty.channel.EventLoop;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.util.ReferenceCountUtil;
import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/**
 * One end of a stream that is no socket, as those of SPDY and HTTP/2: no {@code connect()}, a window that is credited when data is
 * read, an end marker in the order of the data, and a reset. Both ends are on one loop.
 */
public final class PipeChannel extends MemoryChannel {

    private static final int WINDOW = 64 * 1024;
    private static final int MESSAGES_PER_READ = 4;

    private @Nullable PipeChannel peer;
    private int unread;
    private boolean outputEnded;

    private PipeChannel() {
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
    protected void doWrite(ChannelOutboundBuffer out) throws Exception {
        PipeChannel to = peer();
        for (Object message = out.current(); message != null && to.unread < WINDOW; message = out.current()) {
            if (!to.isOpen() || outputEnded) {
                out.remove(new ClosedChannelException());
                continue;
            }
            outputEnded = message == EndOfOutput.INSTANCE;
            to.unread += size(message);
            to.receive(ReferenceCountUtil.retain(message));
            out.remove();
        }
    }

    @Override
    protected void doClose() {
        super.doClose();
        if (peer().isOpen() && !outputEnded) {
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

    @Override
    protected void deliver(Queue<Object> came) {
        for (int i = 0; i < MESSAGES_PER_READ && came.peek() instanceof ByteBuf; i++) {
            Object bytes = came.remove();
            unread -= size(bytes);
            pipeline().fireChannelRead(bytes);
        }
        pipeline().fireChannelReadComplete();
        if (came.peek() == EndOfOutput.INSTANCE) {
            came.remove();
            pipeline().fireUserEventTriggered(ChannelInputShutdownEvent.INSTANCE);
        }
        peer().unsafe().flush();
    }

    private void wasReset() {
        if (isOpen()) {
            outputEnded = true;
            pipeline().fireExceptionCaught(new IOException("stream reset by peer"));
            close();
        }
    }

    private static int size(Object message) {
        return message instanceof ByteBuf bytes ? bytes.readableBytes() : 0;
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
