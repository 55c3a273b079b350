package io.hopline.spdy;

import io.hopline.api.Hop;
import io.hopline.api.HostPort;
import io.hopline.api.HttpInbound;
import io.hopline.api.Session;
import io.hopline.api.settings.Credentials;
import io.hopline.spdy.session.SessionSettings;
import io.hopline.spdy.session.Version;
import io.hopline.testkit.http1.StreamOutboundContract;
import io.netty.channel.Channel;
import java.time.Duration;
import java.util.Optional;

/** The hop, whose tunnels are streams of SPDY. */
final class SpdyOutboundTest extends StreamOutboundContract {

    private static final Duration LONG = Duration.ofSeconds(20);
    private static final SessionSettings SETTINGS =
            new SessionSettings(100, 1 << 20, 8 << 20, 32 * 1024, LONG, LONG, LONG, LONG);

    @Override
    protected Hop streamHop(HostPort server, Duration timeout, Optional<Credentials> credentials) {
        return new SpdyHop(SpdyHop.to(server).at(), Version.V3_1, credentials, timeout, SETTINGS);
    }

    @Override
    protected void serve(Channel channel, Session session, HttpInbound next) {
        new SpdyInbound(Version.V3_1, SETTINGS, next).accept(channel, session);
    }
}
