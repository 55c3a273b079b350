package io.hopline.socks;

import io.hopline.api.DialException;
import io.hopline.api.DialException.Reason;
import io.hopline.api.HopRef;
import io.hopline.api.HostPort;
import io.hopline.api.Outbound;
import io.hopline.api.PassiveOutbound;
import io.hopline.api.Session;
import io.hopline.api.Step;
import io.hopline.api.settings.Settings;
import io.hopline.api.transport.Layer;
import io.hopline.api.transport.Server;
import io.hopline.api.transport.ServerHop;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.Channel;
import io.netty.util.concurrent.Future;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * A hop through a SOCKS4 server.
 *
 * @param names whether the server takes names as well (SOCKS4A); without, only IPv4 addresses can be asked for
 * @param userId what the server is told of who asks, 0 to 255 bytes in UTF-8 without NUL
 * @param timeout for the server's reply, from the connection on
 */
public record Socks4Hop(Server at, boolean names, String userId, Duration timeout) implements ServerHop {

    private static final String WRONG_USER_ID =
            "SOCKS4 takes a user id of at most " + Socks4.USER_ID_MAX + " bytes without NUL";

    /** @throws IllegalArgumentException if the user id is too long or holds a NUL */
    public Socks4Hop {
        if (!isUserId(userId)) {
            throw new IllegalArgumentException(WRONG_USER_ID);
        }
    }

    /** Through a server that knows no names, with the defaults of {@code reference.conf}. */
    public static Socks4Hop to(HostPort server) {
        return Settings.read("outbound.socks4", "server = \"" + server + "\"", s -> read(s, false));
    }

    /** Through a server that knows names (SOCKS4A), with the defaults of {@code reference.conf}. */
    public static Socks4Hop withNamesTo(HostPort server) {
        return Settings.read("outbound.socks4a", "server = \"" + server + "\"", s -> read(s, true));
    }

    /**
     * With this user id.
     *
     * @throws IllegalArgumentException if it is too long or holds a NUL
     */
    public Socks4Hop withUserId(String id) {
        return new Socks4Hop(at, names, id, timeout);
    }

    /** With these layers to the server, the one next to TCP first. */
    public Socks4Hop withLayers(Layer... layers) {
        return new Socks4Hop(new Server(at.address(), List.of(layers)), names, userId, timeout);
    }

    static Socks4Hop read(Settings settings, boolean names) {
        Server at = Server.read(settings, Socks.DEFAULT_PORT);
        String userId = settings.section("auth").map(Socks4Hop::readUserId).orElse("");
        return new Socks4Hop(at, names, userId, settings.duration(Socks.HANDSHAKE_TIMEOUT));
    }

    private static String readUserId(Settings auth) {
        if (!auth.optionalString("password").orElse("").isEmpty()) {
            auth.problem("password", "SOCKS4 has no passwords: take type = socks5, or leave the password out");
        }
        String userId = auth.string("user");
        if (!isUserId(userId)) {
            auth.problem("user", WRONG_USER_ID);
            return "";
        }
        return userId;
    }

    private static boolean isUserId(String text) {
        return text.indexOf('\0') < 0 && ByteBufUtil.utf8Bytes(text) <= Socks4.USER_ID_MAX;
    }

    @Override
    public String type() {
        return names ? "socks4a" : "socks4";
    }

    @Override
    public Optional<String> objection(HostPort target) {
        if (target.host().indexOf(':') >= 0) {
            return Optional.of((names ? "SOCKS4a" : "SOCKS4") + " can't carry IPv6 addresses; use socks5");
        }
        if (names || Socks4.isAddress(target.host())) {
            return Optional.empty();
        }
        return Optional.of(
                "SOCKS4 can't carry " + (target.isLiteral() ? "this address" : "names") + "; use socks4a or socks5");
    }

    /** What the protocol can't say fails before the server is dialed; no name is ever resolved here. */
    @Override
    public Outbound over(Outbound via, HopRef hop) {
        Asks asks = new Asks(at, via, hop, (ask, session) -> new Socks4Client(this, hop, ask, session));
        return new PassiveOutbound() {
            @Override
            public Future<Channel> dial(HostPort target, Session session) {
                return objection(target)
                        .map(why -> session.loop().<Channel>newFailedFuture(unspeakable(hop, why)))
                        .orElseGet(() -> asks.dial(target, session));
            }

            @Override
            public Future<Accepted> listen(HostPort expected, Session session, Consumer<HostPort> listening) {
                return objection(expected)
                        .map(why -> session.loop().<Accepted>newFailedFuture(unspeakable(hop, why)))
                        .orElseGet(() -> asks.listen(expected, session, listening));
            }
        };
    }

    private static DialException unspeakable(HopRef hop, String why) {
        return new DialException(Reason.UNREACHABLE, hop, Step.HANDSHAKE, why);
    }
}
