package io.hopline.api.transport;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;

/** Reads on, whether or not anybody asks, until the input ends or as much has come as others are to hold. */
final class BreakWatch extends ChannelInboundHandlerAdapter {

    /** Behind so many bytes nothing more is read. */
    static final int MOST = 64 * 1024;

    private int came;

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        ctx.read();
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object msg) {
        came += ((ByteBuf) msg).readableBytes();
        ctx.fireChannelRead(msg);
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext ctx) {
        ctx.fireChannelReadComplete();
        if (came < MOST && !ctx.isRemoved()) {
            ctx.read();
        }
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        if (event == ChannelInputShutdownEvent.INSTANCE) {
            came = MOST;
        }
        ctx.fireUserEventTriggered(event);
    }
}
