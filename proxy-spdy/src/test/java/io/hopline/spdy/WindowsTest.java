package io.hopline.spdy;

import io.hopline.api.Hop;
import io.hopline.api.HostPort;
import io.hopline.api.HttpInbound;
import io.hopline.api.Inbound;
import io.hopline.api.settings.Settings;
import io.hopline.spdy.session.SessionSettings;
import io.hopline.spdy.session.Version;
import io.hopline.testkit.Wire;
import io.hopline.testkit.stream.StreamPeer;
import io.hopline.testkit.stream.WindowsContract;
import java.util.stream.Stream;

/** How much may be under way with the defaults of SPDY/3.1. */
class WindowsTest extends WindowsContract {

    @Override
    protected Stream<String> inboundSections() {
        return Stream.of("alpn.spdy", "inbound.spdy");
    }

    @Override
    protected Inbound inbound(String section, HttpInbound next) {
        SessionSettings defaults = Settings.read(section, "", settings -> {
            if (settings.has("version")) {
                SpdyInboundFactory.version(settings);
            }
            return SessionSettings.read(settings);
        });
        return new SpdyInbound(Version.V3_1, defaults, next);
    }

    @Override
    protected Hop hop(HostPort server) {
        return SpdyHop.to(server);
    }

    @Override
    protected StreamPeer client(Wire wire) {
        return Peer.client(wire);
    }

    @Override
    protected StreamPeer server(Wire wire) {
        return Peer.server(wire);
    }
}
