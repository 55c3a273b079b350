package io.hopline.http;

import io.hopline.api.HttpInbound;
import io.hopline.api.HttpOutbound;
import io.hopline.api.Outbound;
import io.hopline.api.Session;
import io.hopline.connect.http1.Http1;
import io.hopline.http.client.Http1Client;
import io.netty.channel.Channel;

/** Forwards plain requests, and opens tunnels for CONNECT. */
record ForwardingInbound(HttpEntry settings, HttpOutbound outbound) implements HttpInbound {

    static ForwardingInbound over(HttpEntry settings, Outbound outbound) {
        return new ForwardingInbound(
                settings,
                outbound instanceof HttpOutbound http ? http : Http1Client.toOrigins(outbound, settings.limits()));
    }

    @Override
    public void accept(Channel client, Session session) {
        Http1.serve(client, session, settings.limits(), settings.keepAlive(), this);
    }

    @Override
    public void acceptHttp(Channel exchange, Session session, Runnable framing) {
        exchange.pipeline().addLast(new ForwardHandler(session, outbound, settings, framing));
        exchange.read();
    }
}
