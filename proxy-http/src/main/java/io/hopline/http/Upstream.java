package io.hopline.http;

import io.hopline.api.HostPort;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.util.ReferenceCountUtil;
import org.jspecify.annotations.Nullable;

/** A connection to an origin, or to a proxy on the way there, which serves one forward after another of the same client. */
final class Upstream extends ChannelInboundHandlerAdapter {

    private final HostPort origin;
    private final Channel channel;
    private @Nullable Forward forward;
    private int requests;

    Upstream(HostPort origin, Channel channel) {
        this.origin = origin;
        this.channel = channel;
        channel.pipeline().addLast(this);
    }

    /** Whether a request to the origin may go out here. */
    boolean canTake(HostPort wanted) {
        return forward == null && channel.isActive() && origin.equals(wanted);
    }

    /** What comes from now on is this forward's; nobody's if there is none. */
    void serve(@Nullable Forward next) {
        forward = next;
        if (next != null) {
            requests++;
        }
    }

    /** Whether this connection carried a request before the current one. */
    boolean reused() {
        return requests > 1;
    }

    Channel channel() {
        return channel;
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object msg) {
        if (forward == null) {
            ReferenceCountUtil.release(msg);
        } else if (msg instanceof HttpResponse response) {
            forward.response(response);
        } else {
            forward.responsePart((HttpContent) msg);
        }
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext ctx) {
        if (forward != null) {
            forward.responseRead();
        }
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext ctx) {
        if (forward != null) {
            forward.readRequest();
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        if (forward != null) {
            forward.failed(cause);
        }
    }
}
