package io.hopline.connect.http1;

import io.hopline.api.HttpInbound;
import io.hopline.api.Session;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPipeline;
import java.time.Duration;

/** Serves HTTP/1.1 and 1.0 on a channel of bytes (RFC 9112). */
public final class Http1 {

    private Http1() {}

    /**
     * Hands the requests on the channel to the inbound, one after another.
     *
     * @param idle how long a client may be silent between two requests
     */
    public static void serve(Channel client, Session session, HeadLimits limits, Duration idle, HttpInbound inbound) {
        ChannelPipeline pipeline = client.pipeline();
        RequestDecoder decoder = new RequestDecoder(limits);
        ResponseEncoder encoder = new ResponseEncoder();
        ServerExchange exchange = new ServerExchange(decoder, encoder, session, limits, idle);
        pipeline.addLast(decoder, encoder, exchange);
        ChannelHandlerContext ctx = pipeline.lastContext();
        inbound.acceptHttp(client, session, () -> exchange.leave(ctx));
    }
}
