package io.hopline.api.guard;

import io.hopline.api.settings.Settings;
import java.time.Duration;

/**
 * How much clients of an inbound may take.
 *
 * @param connections accepted ones that are open at once
 * @param perClient of those, from one address, or one /64 network of IPv6; clients on this machine share an address and are not held to it
 * @param perUser connections towards targets, of one user, that are open or being opened at once; peers that are awaited and
 *     associations count, too, and connections that wait for their user to ask for more do not
 * @param tunnelIdle how long nothing may move in a tunnel
 * @param halfClosedIdle the same once one side has ended its direction
 * @param exchangeIdle how long nothing may move in an HTTP exchange, its origin's silence included
 * @param dial how long a dial may take in all, whatever its hops may take each; or opening an association
 * @param minBodyRate bytes a second that a request's body must come with while the proxy has room for them
 */
public record Limits(
        int connections,
        int perClient,
        int perUser,
        Duration tunnelIdle,
        Duration halfClosedIdle,
        Duration exchangeIdle,
        Duration dial,
        int minBodyRate) {

    private static final String KIND = "inbound.limits";
    private static final int MOST = 10_000_000;

    /** As {@code reference.conf} has it. */
    public static final Limits DEFAULT = Settings.read(KIND, "", Limits::readSection);

    /** Reads {@code limits { … }} of an inbound; without it, the defaults of {@code hopline.defaults}. */
    static Limits read(Settings settings) {
        return readSection(settings.sectionOrDefaults("limits", KIND));
    }

    private static Limits readSection(Settings section) {
        return new Limits(
                section.integer("connections", 1, MOST),
                section.integer("connections-per-client", 1, MOST),
                section.integer("connections-per-user", 1, MOST),
                section.duration("tunnel-idle"),
                section.duration("half-closed-idle"),
                section.duration("exchange-idle"),
                section.duration("dial-timeout"),
                section.integer("min-body-rate", 0, MOST));
    }

    public Limits withConnections(int most) {
        return new Limits(most, perClient, perUser, tunnelIdle, halfClosedIdle, exchangeIdle, dial, minBodyRate);
    }

    public Limits withPerClient(int most) {
        return new Limits(connections, most, perUser, tunnelIdle, halfClosedIdle, exchangeIdle, dial, minBodyRate);
    }

    public Limits withPerUser(int most) {
        return new Limits(connections, perClient, most, tunnelIdle, halfClosedIdle, exchangeIdle, dial, minBodyRate);
    }

    /** Times are kept to the second. */
    public Limits withIdle(Duration tunnel, Duration halfClosed) {
        return new Limits(connections, perClient, perUser, tunnel, halfClosed, exchangeIdle, dial, minBodyRate);
    }

    /** Times are kept to the second. */
    public Limits withExchangeIdle(Duration most) {
        return new Limits(connections, perClient, perUser, tunnelIdle, halfClosedIdle, most, dial, minBodyRate);
    }

    /** Times are kept to the second. */
    public Limits withDial(Duration most) {
        return new Limits(connections, perClient, perUser, tunnelIdle, halfClosedIdle, exchangeIdle, most, minBodyRate);
    }
}
