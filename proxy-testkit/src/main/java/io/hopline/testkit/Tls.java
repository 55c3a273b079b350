package io.hopline.testkit;

import io.hopline.api.HopRef;
import io.hopline.api.HostPort;
import io.hopline.api.Inbound;
import io.hopline.api.Outbound;
import io.hopline.api.Session;
import io.hopline.api.transport.InboundTls;
import io.hopline.api.transport.Server;
import io.hopline.api.transport.TlsClientConfig;
import io.hopline.api.transport.TlsLayer;
import io.hopline.api.transport.TlsServerConfig;
import io.netty.channel.Channel;
import io.netty.util.concurrent.Future;
import java.util.List;

/** TLS between the ends of a test, which trust each other. */
final class Tls {

    private static final InboundTls SERVER = new TlsServerConfig().selfSigned().build();
    private static final TlsLayer CLIENT = new TlsClientConfig().dontVerify().build();

    private Tls() {}

    /** Puts TLS on a socket to a server that ends it; on the session's loop. */
    static Future<Channel> towards(HostPort server, Channel socket, Session session) {
        return CLIENT.apply(socket, server, session, session.towards());
    }

    /** Ends its clients' TLS in front of the inbound. */
    static Inbound inFrontOf(Inbound inbound) {
        return SERVER.over(inbound, false);
    }

    /** Takes clients that speak no TLS to a server that wants it. */
    static Inbound doorTo(HostPort server) {
        Server secured = new Server(server, List.of(CLIENT));
        Outbound outbound = (target, session) -> secured.dial(Dialer.sockets(), HopRef.TARGET, session);
        return new Entrance(server, outbound);
    }
}
