package io.hopline.http;

import io.hopline.api.transport.Dials;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMessage;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.util.AsciiString;
import io.netty.util.ReferenceCountUtil;
import org.jspecify.annotations.Nullable;

/** A connection to an origin, or to a proxy on the way there, which serves one forward after another. */
final class Upstream extends ChannelInboundHandlerAdapter {

    private static final String[] OF_CONNECTIONS = {"NTLM", "Negotiate"};

    private final Upstreams.Key key;
    private final Channel channel;
    private @Nullable Forward forward;
    private @Nullable Upstreams waiting;
    private long idleSince;
    private int requests;
    private boolean personal;
    private boolean ending;

    Upstream(Upstreams.Key key, Channel channel) {
        this.key = key;
        this.channel = channel;
        this.personal = Dials.tellsClient(channel);
        channel.pipeline().addLast(this);
    }

    Upstreams.Key key() {
        return key;
    }

    /** Since when it waits, in {@code System.nanoTime}. */
    long idleSince() {
        return idleSince;
    }

    /** Waits there from now on; nowhere if there is none. */
    void waitIn(@Nullable Upstreams pool) {
        waiting = pool;
        idleSince = System.nanoTime();
    }

    /** Whether a request may go out here. */
    boolean canTake(Upstreams.Key wanted) {
        return isFree() && key.equals(wanted);
    }

    /** Whether it can take a request of another connection of the same client. */
    boolean canBeShared() {
        return isFree() && !personal;
    }

    private boolean isFree() {
        return forward == null && !ending && channel.isActive() && key.peer().isPresent();
    }

    /** What comes from now on is this forward's; nobody's if there is none. */
    void serve(@Nullable Forward next) {
        forward = next;
        if (next != null) {
            requests++;
        }
    }

    /** A message of an exchange here: some schemes prove who is there for the connection, and not for a request. */
    void passing(HttpMessage message, CharSequence field) {
        if (!personal && message.headers().contains(field)) {
            for (String value : message.headers().getAll(field)) {
                for (String scheme : OF_CONNECTIONS) {
                    personal |= AsciiString.containsIgnoreCase(value, scheme);
                }
            }
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
            passing(response, HttpHeaderNames.WWW_AUTHENTICATE);
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
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        if (event == ChannelInputShutdownEvent.INSTANCE) {
            ends();
        }
        ctx.fireUserEventTriggered(event);
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        ends();
        ctx.fireChannelInactive();
    }

    private void ends() {
        ending = true;
        if (waiting != null) {
            waiting.remove(this);
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        if (forward != null) {
            forward.failed(cause);
        }
    }
}
