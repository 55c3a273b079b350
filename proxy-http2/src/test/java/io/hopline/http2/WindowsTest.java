package io.hopline.http2;

import io.hopline.api.Hop;
import io.hopline.api.HostPort;
import io.hopline.api.HttpInbound;
import io.hopline.api.Inbound;
import io.hopline.api.settings.Settings;
import io.hopline.http2.session.SessionSettings;
import io.hopline.testkit.Wire;
import io.hopline.testkit.stream.StreamPeer;
import io.hopline.testkit.stream.WindowsContract;
import java.util.stream.Stream;

/** How much may be under way with the defaults of HTTP/2. */
class WindowsTest extends WindowsContract {

    @Override
    protected Stream<String> inboundSections() {
        return Stream.of("alpn.h2", "inbound.http2");
    }

    @Override
    protected Inbound inbound(String section, HttpInbound next) {
        return new Http2Inbound(Settings.read(section, "", SessionSettings::read), next);
    }

    @Override
    protected Hop hop(HostPort server) {
        return Http2Hop.to(server);
    }

    @Override
    protected StreamPeer client(Wire wire) throws Exception {
        return Peer.client(wire);
    }

    @Override
    protected StreamPeer server(Wire wire) throws Exception {
        return Peer.server(wire);
    }
}
