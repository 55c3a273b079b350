package io.hopline.socks;

import io.hopline.api.Entry;
import io.hopline.api.Inbound;
import io.hopline.api.Outbound;
import io.hopline.api.settings.Settings;
import java.time.Duration;
import java.util.List;

/**
 * SOCKS4 and 4a for clients: CONNECT. It authenticates nobody: a user id is only what a client says of itself.
 *
 * @param timeout for a client to say what it wants, from the connection on
 */
public record Socks4Entry(Duration timeout) implements Entry {

    /** As {@code reference.conf} has it. */
    public static Socks4Entry create() {
        return Settings.read("inbound.socks4", "", Socks4Entry::read);
    }

    static Socks4Entry read(Settings settings) {
        for (String key : List.of("users", "users-file")) {
            settings.unusable(
                    key,
                    "SOCKS4 has no passwords, so it can't tell users: take type = socks5, or leave " + key + " out");
        }
        return new Socks4Entry(settings.duration(Socks.HANDSHAKE_TIMEOUT));
    }

    @Override
    public Inbound to(Outbound outbound) {
        return (client, session) -> new Socks4Server(client, session, outbound, timeout).run();
    }
}
