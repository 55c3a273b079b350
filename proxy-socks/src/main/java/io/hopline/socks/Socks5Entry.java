package io.hopline.socks;

import io.hopline.api.Entry;
import io.hopline.api.Inbound;
import io.hopline.api.Outbound;
import io.hopline.api.settings.Settings;
import io.hopline.api.users.Users;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * SOCKS5 (RFC 1928) for clients: CONNECT, and BIND and UDP ASSOCIATE if they are asked for.
 *
 * @param users who may use it, by user and password (RFC 1929); anybody if empty
 * @param timeout for a client to say what it wants, from the connection on
 * @param udp after how long without a datagram an association ends (UDP ASSOCIATE); empty if clients may have none
 * @param bind how long a client may wait for a peer (BIND); empty if it may not
 */
public record Socks5Entry(Optional<Users> users, Duration timeout, Optional<Duration> udp, Optional<Duration> bind)
        implements Entry {

    /** Anybody may use it; the rest is as {@code reference.conf} has it. */
    public static Socks5Entry create() {
        return Settings.read("inbound.socks5", "", Socks5Entry::read);
    }

    /** Lets clients send datagrams as well. */
    public Socks5Entry withUdp(Duration idle) {
        return new Socks5Entry(users, timeout, Optional.of(idle), bind);
    }

    /** Lets clients wait for peers as well. */
    public Socks5Entry withBind(Duration wait) {
        return new Socks5Entry(users, timeout, udp, Optional.of(wait));
    }

    static Socks5Entry read(Settings settings) {
        return new Socks5Entry(
                Users.read(settings),
                settings.duration(Socks.HANDSHAKE_TIMEOUT),
                Commands.udp(settings),
                Commands.bind(settings));
    }

    @Override
    public String type() {
        return "socks5";
    }

    @Override
    public Inbound to(Outbound outbound) {
        return (client, session) -> new Socks5Server(this, client, session, outbound).run();
    }

    @Override
    public List<Need> needs() {
        return Stream.of(udp.map(idle -> Commands.UDP), bind.map(wait -> Commands.BIND))
                .flatMap(Optional::stream)
                .toList();
    }

    @Override
    public boolean authenticates() {
        return users.isPresent();
    }
}
