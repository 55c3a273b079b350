package io.hopline.testkit.http1;

import io.hopline.api.Abort;
import io.hopline.api.HopRef;
import io.hopline.api.HttpInbound;
import io.hopline.api.Session;
import io.hopline.api.guard.Guard;
import io.hopline.api.relay.Relay;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.DefaultHttpResponse;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.Future;

/** Serves one CONNECT by what a server answers to it in HTTP/1.1; an answer that is none resets the exchange. */
record Http1Server(Channel server) implements HttpInbound {

    @Override
    public void accept(Channel client, Session session) {
        throw new UnsupportedOperationException("this one serves exchanges only");
    }

    @Override
    public void acceptHttp(Channel exchange, Session session, Runnable framing) {
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

    private void serve(ChannelHandlerContext ctx, HttpRequest request, Session session, Runnable framing) {
        Http1Reply reply = new Http1Reply(HopRef.TARGET, session, request);
        Channel exchange = ctx.channel();
        Future<Channel> asked = reply.run(server);
        exchange.closeFuture().addListener(closed -> {
            if (!asked.isDone()) {
                server.writeAndFlush(Abort.INSTANCE);
            }
        });
        asked.addListener(done -> {
            if (done.isSuccess()) {
                ctx.writeAndFlush(new DefaultHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.OK));
                exchange.pipeline().remove(ctx.handler());
                framing.run();
                Relay.join(exchange, server, Guard.NONE, ended -> {});
                return;
            }
            server.close();
            if (reply.status() != 0) {
                ctx.writeAndFlush(
                        new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.valueOf(reply.status())));
            } else {
                ctx.writeAndFlush(Abort.INSTANCE);
            }
        });
    }
}
