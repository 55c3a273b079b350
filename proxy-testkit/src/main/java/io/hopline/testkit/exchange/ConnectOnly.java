package io.hopline.testkit.exchange;

import io.hopline.api.DialException;
import io.hopline.api.HostPort;
import io.hopline.api.HttpFraming;
import io.hopline.api.HttpInbound;
import io.hopline.api.Outbound;
import io.hopline.api.Session;
import io.hopline.api.relay.Tunnels;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.DefaultHttpResponse;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.util.ReferenceCountUtil;

/** The least of HTTP inbounds: opens tunnels, and answers 502 for those that it can't, 407 for a target named {@code secret.invalid}. */
public class ConnectOnly implements HttpInbound {

    private final Outbound outbound;

    public ConnectOnly(Outbound outbound) {
        this.outbound = outbound;
    }

    /** What opens the tunnel of this request. */
    protected Outbound outbound(HttpRequest request) {
        return outbound;
    }

    /** What is written to a client whose tunnel can't be had. */
    protected Object refusal(DialException failure) {
        return answer(HttpResponseStatus.BAD_GATEWAY);
    }

    /** An answer without a tunnel. */
    protected static Object answer(HttpResponseStatus status) {
        return new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, status);
    }

    @Override
    public final void accept(Channel client, Session session) {
        throw new UnsupportedOperationException("this one serves exchanges only");
    }

    @Override
    public final void acceptHttp(Channel exchange, Session session, HttpFraming framing) {
        exchange.pipeline().addLast(new ChannelInboundHandlerAdapter() {
            @Override
            public void channelRead(ChannelHandlerContext ctx, Object msg) {
                if (msg instanceof HttpRequest request) {
                    serve(ctx, request, session, framing);
                }
                ReferenceCountUtil.release(msg);
            }

            @Override
            public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
                ctx.close();
            }
        });
        exchange.read();
    }

    private void serve(ChannelHandlerContext ctx, HttpRequest request, Session session, HttpFraming framing) {
        HostPort target = HostPort.parse(request.uri());
        if (target.host().equals("secret.invalid")) {
            ctx.writeAndFlush(answer(HttpResponseStatus.PROXY_AUTHENTICATION_REQUIRED));
            return;
        }
        Tunnels.open(ctx.channel(), target, session, outbound(request), new Tunnels.Reply() {
            @Override
            public void opened(Channel client, Channel opened) {
                ctx.writeAndFlush(new DefaultHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.OK));
                client.pipeline().remove(ctx.handler());
                framing.leave();
            }

            @Override
            public void refused(Channel client, DialException failure) {
                ctx.writeAndFlush(refusal(failure));
            }
        });
    }
}
