package io.hopline.connect;

import io.hopline.api.HttpFraming;
import io.hopline.api.HttpInbound;
import io.hopline.api.Outbound;
import io.hopline.api.Session;
import io.hopline.connect.http1.Http1;
import io.netty.channel.Channel;
import java.time.Duration;

/** Opens tunnels for clients that ask by CONNECT, and does nothing else for them. */
record ConnectInbound(ConnectEntry settings, Outbound outbound) implements HttpInbound {

    @Override
    public void accept(Channel client, Session session) {
        // A connection ends with its first request, so it is never idle between two.
        Http1.serve(client, session, settings.limits(), settings.limits().timeout(), this);
    }

    @Override
    public void acceptHttp(Channel exchange, Session session, HttpFraming framing) {
        exchange.pipeline().addLast(new ConnectHandler(session, outbound, settings, framing));
        exchange.read();
    }

    @Override
    public Duration patience() {
        return settings.limits().timeout();
    }
}
