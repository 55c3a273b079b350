package io.hopline.http2;

import io.hopline.api.Hop;
import io.hopline.api.HostPort;
import io.hopline.api.HttpInbound;
import io.hopline.api.Session;
import io.hopline.api.settings.Credentials;
import io.hopline.http2.session.SessionSettings;
import io.hopline.testkit.http1.StreamOutboundContract;
import io.netty.channel.Channel;
import java.time.Duration;
import java.util.Optional;

/** The hop, whose tunnels are streams of HTTP/2. */
final class Http2OutboundTest extends StreamOutboundContract {

    private static final Duration LONG = Duration.ofSeconds(20);
    private static final SessionSettings SETTINGS =
            new SessionSettings(64 * 1024, 1 << 20, 8 << 20, 100, 1_000, 32 * 1024, LONG, LONG, LONG, LONG, LONG);

    @Override
    protected Hop streamHop(HostPort server, Duration timeout, Optional<Credentials> credentials) {
        return new Http2Hop(Http2Hop.to(server).at(), credentials, timeout, SETTINGS);
    }

    @Override
    protected void serve(Channel channel, Session session, HttpInbound next) {
        new Http2Inbound(SETTINGS, next).accept(channel, session);
    }
}
