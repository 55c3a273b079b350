package io.hopline.http;

import io.hopline.api.HttpInbound;
import io.hopline.api.HttpOutbound;
import io.hopline.api.Outbound;
import io.hopline.api.Session;
import io.hopline.connect.http1.Http1;
import io.hopline.http.client.Http1Client;
import io.netty.channel.Channel;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpRequest;

/**
 * Forwards plain requests, and opens tunnels for CONNECT.
 *
 * @param upgrades what takes requests that ask for an upgrade
 */
record ForwardingInbound(HttpEntry settings, HttpOutbound outbound, HttpOutbound upgrades) implements HttpInbound {

    static ForwardingInbound over(HttpEntry settings, Outbound outbound) {
        if (outbound instanceof HttpOutbound http && http.carriesUpgrades()) {
            return new ForwardingInbound(settings, http, http);
        }
        HttpOutbound toOrigins = Http1Client.toOrigins(outbound, settings.limits());
        return new ForwardingInbound(settings, outbound instanceof HttpOutbound http ? http : toOrigins, toOrigins);
    }

    /** What the request goes out through. */
    HttpOutbound outbound(HttpRequest request) {
        return request.headers().contains(HttpHeaderNames.UPGRADE) ? upgrades : outbound;
    }

    @Override
    public void accept(Channel client, Session session) {
        Http1.serve(client, session, settings.limits(), settings.keepAlive(), this);
    }

    @Override
    public void acceptHttp(Channel exchange, Session session, Runnable framing) {
        exchange.pipeline().addLast(new ForwardHandler(session, this, framing));
        exchange.read();
    }
}
