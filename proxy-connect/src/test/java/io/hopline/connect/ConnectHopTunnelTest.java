package io.hopline.connect;

import io.hopline.api.Hop;
import io.hopline.api.HostPort;
import io.hopline.api.settings.Credentials;
import io.hopline.api.settings.Settings;
import io.hopline.testkit.Carrier;
import io.hopline.testkit.http1.ConnectOutboundContract;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.Stream;

/** The hop of type {@code connect}, asked for tunnels. */
final class ConnectHopTunnelTest extends ConnectOutboundContract {

    public static Stream<Carrier> carriers() {
        return Stream.of(Carrier.values());
    }

    @Override
    protected ConnectHop hop(HostPort server, Duration timeout) {
        return Settings.read(
                "outbound.connect",
                "server = \"" + server + "\", handshake-timeout = " + timeout.toMillis() + "ms",
                ConnectHop::read);
    }

    @Override
    protected Optional<Hop> hop(HostPort server, Duration timeout, Credentials credentials) {
        ConnectHop hop = hop(server, timeout);
        return Optional.of(
                hop.withAuth(credentials.user(), credentials.password().reveal()));
    }
}
