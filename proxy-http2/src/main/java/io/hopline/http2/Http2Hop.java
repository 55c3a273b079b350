package io.hopline.http2;

import io.hopline.api.HopRef;
import io.hopline.api.HostPort;
import io.hopline.api.Outbound;
import io.hopline.api.settings.Credentials;
import io.hopline.api.settings.Settings;
import io.hopline.api.transport.Layer;
import io.hopline.api.transport.Server;
import io.hopline.api.transport.ServerHop;
import io.hopline.http2.client.Http2Outbound;
import io.hopline.http2.session.SessionSettings;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * A hop through a proxy that speaks HTTP/2: all tunnels and requests of an event loop share a session, or a few.
 *
 * @param at where the proxy is and what is spoken beneath HTTP/2
 * @param auth what the proxy is told by Basic authentication
 * @param timeout for the proxy's SETTINGS, and for its reply to a CONNECT
 */
public record Http2Hop(Server at, Optional<Credentials> auth, Duration timeout, SessionSettings session)
        implements ServerHop {

    private static final int DEFAULT_PORT = 443;

    /** With the defaults of {@code reference.conf}. */
    public static Http2Hop to(HostPort server) {
        return Settings.read("outbound.http2", "server = \"" + server + "\"", Http2Hop::read);
    }

    /**
     * With these credentials.
     *
     * @throws IllegalArgumentException if the user's name holds a colon, where Basic ends it
     */
    public Http2Hop withAuth(String user, String password) {
        return new Http2Hop(at, Optional.of(Credentials.forBasic(user, password)), timeout, session);
    }

    /** With these layers to the server, the one next to TCP first. */
    public Http2Hop withLayers(Layer... layers) {
        return new Http2Hop(new Server(at.address(), List.of(layers)), auth, timeout, session);
    }

    static Http2Hop read(Settings settings) {
        return new Http2Hop(
                Server.read(settings, DEFAULT_PORT, "h2"),
                Credentials.readBasic(settings),
                settings.duration("handshake-timeout"),
                SessionSettings.ofHop(settings));
    }

    @Override
    public String type() {
        return "http2";
    }

    @Override
    public Outbound over(Outbound via, HopRef hop) {
        return new Http2Outbound(at, session, timeout, auth, via, hop);
    }

    @Override
    public boolean isShared() {
        return true;
    }
}
