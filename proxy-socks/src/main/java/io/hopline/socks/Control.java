package io.hopline.socks;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.util.ReferenceCountUtil;

/** The connection on which an association was asked for: nothing more is said on it, and its end is the association's (RFC 1928 section 6). */
final class Control extends ChannelInboundHandlerAdapter {

    private final Runnable ended;

    private Control(Runnable ended) {
        this.ended = ended;
    }

    /** @param ended called at the end of the connection's input; the connection is closed then, perhaps more than once */
    static ChannelHandler watch(Channel channel, Runnable ended) {
        Control control = new Control(ended);
        if (channel.isActive()) {
            channel.pipeline().addLast(control);
            channel.config().setAutoRead(true);
        } else {
            ended.run();
        }
        return control;
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        ReferenceCountUtil.release(message);
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        if (event == ChannelInputShutdownEvent.INSTANCE) {
            ctx.close();
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        ended.run();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        ctx.close();
    }
}
