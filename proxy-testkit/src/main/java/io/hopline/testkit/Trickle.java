package io.hopline.testkit;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.util.ReferenceCountUtil;
import java.util.ArrayDeque;
import java.util.Queue;

/** Lets bytes in one at a time: one for each read that is asked for, each followed by a read-complete. */
final class Trickle extends ChannelDuplexHandler {

    private final Queue<Object> held = new ArrayDeque<>();
    private boolean wanted;

    @Override
    public void read(ChannelHandlerContext ctx) {
        wanted = true;
        if (held.isEmpty()) {
            ctx.read();
        } else {
            ctx.executor().execute(() -> deliver(ctx));
        }
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        held.add(message);
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext ctx) {
        deliver(ctx);
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        if (event == ChannelInputShutdownEvent.INSTANCE) {
            held.add(event);
            deliver(ctx);
        } else {
            ctx.fireUserEventTriggered(event);
        }
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext ctx) {
        held.forEach(ReferenceCountUtil::release);
        held.clear();
    }

    private void deliver(ChannelHandlerContext ctx) {
        Object next = held.peek();
        if (!wanted || next == null) {
            return;
        }
        wanted = false;
        if (next instanceof ByteBuf bytes) {
            ByteBuf one = bytes.readRetainedSlice(1);
            if (!bytes.isReadable()) {
                held.remove();
                bytes.release();
            }
            ctx.fireChannelRead(one);
            ctx.fireChannelReadComplete();
        } else {
            held.remove();
            ctx.fireUserEventTriggered(next);
        }
        // Auto-read acts at the channel's own read-complete only.
        if (ctx.channel().config().isAutoRead() && !wanted) {
            read(ctx);
        }
    }
}
