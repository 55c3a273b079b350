package io.hopline.socks;

import io.hopline.api.Entry;
import io.hopline.api.Inbound;
import io.hopline.api.Outbound;
import io.hopline.api.settings.Settings;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * SOCKS4 and 4a for clients: CONNECT, and BIND if it is asked for. It authenticates nobody: a user id is only what a client says of itself.
 *
 * @param timeout for a client to say what it wants, from the connection on
 * @param bind how long a client may wait for a peer (BIND); empty if it may not
 */
public record Socks4Entry(Duration timeout, Optional<Duration> bind) implements Entry {

    /** As {@code reference.conf} has it. */
    public static Socks4Entry create() {
        return Settings.read("inbound.socks4", "", Socks4Entry::read);
    }

    /** Lets clients wait for peers as well. */
    public Socks4Entry withBind(Duration wait) {
        return new Socks4Entry(timeout, Optional.of(wait));
    }

    static Socks4Entry read(Settings settings) {
        for (String key : List.of("users", "users-file")) {
            settings.unusable(
                    key,
                    "SOCKS4 has no passwords, so it can't tell users: take type = socks5, or leave " + key + " out");
        }
        return new Socks4Entry(settings.duration(Socks.HANDSHAKE_TIMEOUT), Commands.bind(settings));
    }

    @Override
    public String type() {
        return "socks4";
    }

    @Override
    public Inbound to(Outbound outbound) {
        return (client, session) -> new Socks4Server(this, client, session, outbound).run();
    }

    @Override
    public List<Need> needs() {
        return bind.isPresent() ? List.of(Commands.BIND) : List.of();
    }
}
