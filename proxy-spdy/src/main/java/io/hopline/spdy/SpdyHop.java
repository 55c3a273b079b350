package io.hopline.spdy;

import io.hopline.api.HopRef;
import io.hopline.api.HostPort;
import io.hopline.api.Outbound;
import io.hopline.api.settings.Credentials;
import io.hopline.api.settings.Settings;
import io.hopline.api.transport.Layer;
import io.hopline.api.transport.Server;
import io.hopline.api.transport.ServerHop;
import io.hopline.spdy.session.SessionSettings;
import io.hopline.spdy.session.Version;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * A hop through a proxy that speaks SPDY: all tunnels of an event loop share a session, or a few.
 *
 * @param at where the proxy is and what is spoken beneath SPDY
 * @param auth what the proxy is told by Basic authentication
 * @param timeout for the proxy's reply to a CONNECT
 */
public record SpdyHop(Server at, Version version, Optional<Credentials> auth, Duration timeout, SessionSettings session)
        implements ServerHop {

    private static final int DEFAULT_PORT = 443;

    /** With the defaults of {@code reference.conf}. */
    public static SpdyHop to(HostPort server) {
        return Settings.read("outbound.spdy", "server = \"" + server + "\"", SpdyHop::read);
    }

    /**
     * With these credentials.
     *
     * @throws IllegalArgumentException if the user's name holds a colon, where Basic ends it
     */
    public SpdyHop withAuth(String user, String password) {
        return new SpdyHop(at, version, Optional.of(Credentials.forBasic(user, password)), timeout, session);
    }

    /** With these layers to the server, the one next to TCP first. */
    public SpdyHop withLayers(Layer... layers) {
        return new SpdyHop(new Server(at.address(), List.of(layers)), version, auth, timeout, session);
    }

    /** With this version, which {@code layers} should offer by ALPN. */
    public SpdyHop withVersion(Version other) {
        return new SpdyHop(at, other, auth, timeout, session);
    }

    static SpdyHop read(Settings settings) {
        Version version = SpdyInboundFactory.version(settings);
        return new SpdyHop(
                Server.read(settings, DEFAULT_PORT, version.alpn()),
                version,
                Credentials.readBasic(settings),
                settings.duration("handshake-timeout"),
                SessionSettings.ofHop(settings));
    }

    @Override
    public String type() {
        return "spdy";
    }

    @Override
    public Outbound over(Outbound via, HopRef hop) {
        return new SpdyOutbound(this, via, hop);
    }

    @Override
    public boolean isShared() {
        return true;
    }
}
