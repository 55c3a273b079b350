package io.hopline.http;

import io.hopline.api.HostPort;
import io.hopline.api.HttpFraming;
import io.hopline.api.HttpInbound;
import io.hopline.api.HttpOutbound;
import io.hopline.api.Outbound;
import io.hopline.api.Session;
import io.hopline.connect.http1.HeadLimits;
import io.hopline.connect.http1.Http1;
import io.hopline.http.client.Http1Client;
import io.netty.channel.Channel;
import io.netty.channel.EventLoop;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpRequest;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Forwards plain requests, and opens tunnels for CONNECT.
 *
 * @param upgrades what takes requests that ask for an upgrade
 */
record ForwardingInbound(
        HttpEntry settings,
        HttpOutbound outbound,
        HttpOutbound upgrades,
        Rewriting rewriting,
        Map<EventLoop, Upstreams> pools)
        implements HttpInbound {

    static ForwardingInbound over(HttpEntry settings, Outbound outbound) {
        HttpOutbound toOrigins = Http1Client.toOrigins(outbound, settings.limits());
        HttpOutbound requests = outbound instanceof HttpOutbound http ? http : toOrigins;
        return new ForwardingInbound(
                settings,
                requests,
                requests.carriesUpgrades() ? requests : toOrigins,
                new Rewriting(settings.via(), settings.proxyStatus()),
                new ConcurrentHashMap<>());
    }

    /** Of requests, and of responses that come straight from their origins. */
    HeadLimits limits() {
        return settings.limits();
    }

    /** What the request goes out through. */
    HttpOutbound outbound(HttpRequest request) {
        return request.headers().contains(HttpHeaderNames.UPGRADE) ? upgrades : outbound;
    }

    /** Who is asked, where a connection that is there may serve the request. */
    Optional<HostPort> peer(HttpRequest request, HostPort origin, Session session) {
        HttpOutbound through = outbound(request);
        return through == outbound ? through.peer(origin, session) : Optional.empty();
    }

    @Override
    public void accept(Channel client, Session session) {
        Http1.serve(client, session, limits(), settings.keepAlive(), this);
    }

    @Override
    public void acceptHttp(Channel exchange, Session session, HttpFraming framing) {
        Upstreams pool = pools.computeIfAbsent(session.loop(), loop -> new Upstreams(loop, settings.pool()));
        exchange.pipeline().addLast(new ForwardHandler(session, this, pool, framing));
        exchange.read();
    }

    @Override
    public Duration patience() {
        return limits().timeout();
    }
}
