package io.hopline.api.transport;

import io.hopline.api.Drain;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.util.ReferenceCountUtil;
import java.util.ArrayDeque;
import java.util.Queue;

/**
 * Holds bytes that came along with a handshake until whoever takes the channel over asks for them by {@code read()}, so that they
 * are neither lost nor reordered however late that is, and {@link Drain} behind them; then it is gone.
 */
public final class Leftovers extends ChannelDuplexHandler {

    private final Queue<Object> held = new ArrayDeque<>(1);
    private boolean drained;

    private Leftovers() {}

    /**
     * Holds whatever comes unasked: a layer's handler may read more than its handshake, and epoll reads all there is when a peer has
     * ended its output, whether or not anybody asked.
     */
    public static Leftovers gate() {
        return new Leftovers();
    }

    /**
     * As {@link #gate}, at the pipeline's end, with the handler in front of it and of what is held already: it hears of a break at once,
     * and not only when somebody reads.
     */
    public static void gateBehind(ChannelHandler handler, ChannelPipeline pipeline) {
        ChannelHandlerContext first = pipeline.context(Leftovers.class);
        if (first == null) {
            pipeline.addLast(handler, gate());
        } else {
            pipeline.addBefore(first.name(), null, handler);
        }
    }

    /**
     * Holds the bytes right behind the given handler, which is about to leave; does nothing if there are none.
     *
     * @param bytes taken over
     */
    public static void hold(ChannelHandlerContext leaving, ByteBuf bytes) {
        hold(leaving, bytes, false);
    }

    /**
     * As {@link #hold(ChannelHandlerContext, ByteBuf)}, and the end of input behind the bytes.
     *
     * @param ended whether a {@link ChannelInputShutdownEvent} has come already
     */
    public static void hold(ChannelHandlerContext leaving, ByteBuf bytes, boolean ended) {
        Leftovers leftovers = new Leftovers();
        if (bytes.isReadable()) {
            leftovers.held.add(bytes);
        } else {
            bytes.release();
        }
        if (ended) {
            leftovers.held.add(ChannelInputShutdownEvent.INSTANCE);
        }
        if (!leftovers.held.isEmpty()) {
            leaving.pipeline().addAfter(leaving.name(), null, leftovers);
        }
    }

    @Override
    public void read(ChannelHandlerContext ctx) {
        ChannelPipeline pipeline = ctx.pipeline();
        Queue<Object> all = new ArrayDeque<>(held);
        held.clear();
        pipeline.remove(this);
        if (all.isEmpty()) {
            ctx.read();
        } else {
            handOn(ctx, all);
        }
        if (drained) {
            ctx.fireUserEventTriggered(Drain.INSTANCE);
        }
    }

    private static void handOn(ChannelHandlerContext ctx, Queue<Object> all) {
        boolean more = ctx.channel().config().isAutoRead();
        boolean ended = all.contains(ChannelInputShutdownEvent.INSTANCE);
        for (Object next = all.poll(); next != null; next = all.poll()) {
            if (next instanceof ByteBuf bytes) {
                ctx.fireChannelRead(bytes);
            } else {
                ctx.fireChannelReadComplete();
                tell(ctx, next);
            }
        }
        if (!ended) {
            ctx.fireChannelReadComplete();
        }
        if (more) {
            ctx.read();
        }
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object msg) {
        held.add(msg);
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext ctx) {
        // Told once what is held is read.
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        if (event == ChannelInputShutdownEvent.INSTANCE) {
            held.add(event);
        } else if (event == Drain.INSTANCE) {
            drained = true;
        } else {
            ctx.fireUserEventTriggered(event);
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        held.add(cause);
    }

    private static void tell(ChannelHandlerContext ctx, Object next) {
        if (next instanceof Throwable cause) {
            ctx.fireExceptionCaught(cause);
        } else {
            ctx.fireUserEventTriggered(next);
        }
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext ctx) {
        held.forEach(ReferenceCountUtil::release);
        held.clear();
    }
}
