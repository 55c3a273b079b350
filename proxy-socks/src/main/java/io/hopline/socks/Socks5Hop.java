package io.hopline.socks;

import io.hopline.api.HopRef;
import io.hopline.api.HostPort;
import io.hopline.api.Outbound;
import io.hopline.api.PacketOutbound;
import io.hopline.api.settings.Credentials;
import io.hopline.api.settings.Secret;
import io.hopline.api.settings.Settings;
import io.hopline.api.transport.Layer;
import io.hopline.api.transport.Server;
import io.hopline.api.transport.ServerHop;
import io.netty.buffer.ByteBufUtil;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * A hop through a SOCKS5 server (RFC 1928).
 *
 * @param auth user and password (RFC 1929), each 1 to 255 bytes in UTF-8; a server that wants none may do without
 * @param timeout for all of the server's replies, from the connection on
 */
public record Socks5Hop(Server at, Optional<Credentials> auth, Duration timeout) implements ServerHop {

    private static final String TYPE = "socks5";
    private static final String WRONG_LENGTH = "SOCKS5 has room for 1 to " + Socks5.USER_PASSWORD_MAX + " bytes here";

    /** @throws IllegalArgumentException if the user or the password is too short or too long */
    public Socks5Hop {
        if (!auth.stream().allMatch(a -> fits(a.user()) && fits(a.password().reveal()))) {
            throw new IllegalArgumentException("user and password: " + WRONG_LENGTH);
        }
    }

    /** With the defaults of {@code reference.conf}. */
    public static Socks5Hop to(HostPort server) {
        return Settings.read("outbound.socks5", "server = \"" + server + "\"", Socks5Hop::read);
    }

    /**
     * With these credentials.
     *
     * @throws IllegalArgumentException if either is too short or too long
     */
    public Socks5Hop withAuth(String user, String password) {
        return new Socks5Hop(at, Optional.of(new Credentials(user, new Secret(password))), timeout);
    }

    /** With these layers to the server, the one next to TCP first. */
    public Socks5Hop withLayers(Layer... layers) {
        return new Socks5Hop(new Server(at.address(), List.of(layers)), auth, timeout);
    }

    static Socks5Hop read(Settings settings) {
        Server at = Server.read(settings, Socks.DEFAULT_PORT);
        Optional<Credentials> auth = Credentials.read(settings);
        settings.section("auth").ifPresent(section -> {
            objectToLength(section, "user");
            objectToLength(section, "password");
        });
        boolean usable =
                auth.stream().allMatch(a -> fits(a.user()) && fits(a.password().reveal()));
        return new Socks5Hop(at, usable ? auth : Optional.empty(), settings.duration(Socks.HANDSHAKE_TIMEOUT));
    }

    private static void objectToLength(Settings auth, String key) {
        if (auth.has(key) && !fits(auth.string(key))) {
            auth.problem(key, WRONG_LENGTH);
        }
    }

    private static boolean fits(String text) {
        return !text.isEmpty() && ByteBufUtil.utf8Bytes(text) <= Socks5.USER_PASSWORD_MAX;
    }

    @Override
    public String type() {
        return TYPE;
    }

    /** Datagrams would go beside the layers to the server, in the clear where TLS is one: it carries them only without any. */
    @Override
    public Outbound over(Outbound via, HopRef hop) {
        Asks.Clients clients = (ask, session) -> new Socks5Client(this, hop, ask, session);
        return via instanceof PacketOutbound packets && at.layers().isEmpty()
                ? new Associates(at, packets, hop, clients)
                : new Asks(at, via, hop, clients);
    }
}
