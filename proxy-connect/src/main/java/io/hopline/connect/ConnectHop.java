package io.hopline.connect;

import io.hopline.api.HopRef;
import io.hopline.api.HostPort;
import io.hopline.api.Outbound;
import io.hopline.api.handshake.HandshakeOutbound;
import io.hopline.api.settings.Credentials;
import io.hopline.api.settings.Settings;
import io.hopline.api.transport.Layer;
import io.hopline.api.transport.Server;
import io.hopline.api.transport.ServerHop;
import io.netty.util.AsciiString;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * A hop through an HTTP proxy by CONNECT.
 *
 * @param auth what the proxy is told by Basic authentication
 * @param timeout for the proxy's reply
 * @param maxReply bytes of the reply's head
 */
public record ConnectHop(Server at, Optional<Credentials> auth, Duration timeout, int maxReply) implements ServerHop {

    private static final int DEFAULT_PORT = 8080;
    private static final int MAX = 1 << 20;

    /** With the defaults of {@code reference.conf}. */
    public static ConnectHop to(HostPort server) {
        return Settings.read("outbound.connect", "server = \"" + server + "\"", ConnectHop::read);
    }

    /**
     * With these credentials.
     *
     * @throws IllegalArgumentException if the user's name holds a colon, where Basic ends it
     */
    public ConnectHop withAuth(String user, String password) {
        return new ConnectHop(at, Optional.of(Credentials.forBasic(user, password)), timeout, maxReply);
    }

    /** With these layers to the server, the one next to TCP first. */
    public ConnectHop withLayers(Layer... layers) {
        return new ConnectHop(new Server(at.address(), List.of(layers)), auth, timeout, maxReply);
    }

    /** Reads the settings of a hop that speaks to an HTTP proxy. */
    public static ConnectHop read(Settings settings) {
        Optional<Credentials> auth = Credentials.readBasic(settings);
        long maxReply = settings.bytes("max-reply-size");
        if (maxReply < 64 || maxReply > MAX) {
            settings.problem("max-reply-size", "expected a size from 64B to 1MiB");
        }
        return new ConnectHop(Server.read(settings, DEFAULT_PORT), auth, settings.duration("handshake-timeout"), (int)
                Math.min(maxReply, MAX));
    }

    @Override
    public String type() {
        return "connect";
    }

    @Override
    public Outbound over(Outbound via, HopRef hop) {
        Optional<AsciiString> authorization = auth.map(Credentials::basic);
        return new HandshakeOutbound(
                at,
                via,
                hop,
                (target, session) -> new ConnectHandshake(hop, target, session, authorization, timeout, maxReply));
    }
}
