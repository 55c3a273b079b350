package io.hopline.socks;

import io.hopline.api.Entry;
import io.hopline.api.Inbound;
import io.hopline.api.Outbound;
import io.hopline.api.settings.Settings;
import io.hopline.api.users.Users;
import java.time.Duration;
import java.util.Optional;

/**
 * SOCKS5 (RFC 1928) for clients: CONNECT.
 *
 * @param users who may use it, by user and password (RFC 1929); anybody if empty
 * @param timeout for a client to say what it wants, from the connection on
 */
public record Socks5Entry(Optional<Users> users, Duration timeout) implements Entry {

    /** Anybody may use it; the rest is as {@code reference.conf} has it. */
    public static Socks5Entry create() {
        return Settings.read("inbound.socks5", "", Socks5Entry::read);
    }

    static Socks5Entry read(Settings settings) {
        return new Socks5Entry(Users.read(settings), settings.duration(Socks.HANDSHAKE_TIMEOUT));
    }

    @Override
    public Inbound to(Outbound outbound) {
        return (client, session) -> new Socks5Server(this, client, session, outbound).run();
    }

    @Override
    public boolean authenticates() {
        return users.isPresent();
    }
}
