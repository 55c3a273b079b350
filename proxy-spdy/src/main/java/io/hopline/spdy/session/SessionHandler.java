package io.hopline.spdy.session;

import io.hopline.api.Drain;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.handler.codec.spdy.SpdyProtocolException;
import java.io.IOException;

/** Tells a session what happens on the channel beneath it. */
final class SessionHandler extends ChannelInboundHandlerAdapter {

    private final SpdySession session;

    SessionHandler(SpdySession session) {
        this.session = session;
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object msg) {
        session.frame(msg);
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext ctx) {
        session.readEnded();
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext ctx) {
        session.outgoing().wake();
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        if (event == ChannelInputShutdownEvent.INSTANCE) {
            session.end(SessionError.OK, "the peer closed the connection", true);
        } else if (event == Drain.INSTANCE) {
            session.goAway();
        }
        ctx.fireUserEventTriggered(event);
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        session.lost("the connection was closed");
        ctx.fireChannelInactive();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        String why = String.valueOf(cause.getMessage());
        if (cause instanceof UnsupportedVersionException other) {
            session.peerIsTooOld(other);
        } else if (cause instanceof SpdyProtocolException) {
            session.end(SessionError.PROTOCOL, why);
        } else if (cause instanceof IOException) {
            session.lost(why);
        } else {
            session.end(SessionError.INTERNAL, why);
        }
    }
}
