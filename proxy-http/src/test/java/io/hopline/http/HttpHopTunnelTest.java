package io.hopline.http;

import io.hopline.api.Hop;
import io.hopline.api.HostPort;
import io.hopline.api.settings.Credentials;
import io.hopline.api.settings.Settings;
import io.hopline.testkit.http1.ConnectOutboundContract;
import java.time.Duration;
import java.util.Optional;

/** The hop of type {@code http}, asked for tunnels. */
final class HttpHopTunnelTest extends ConnectOutboundContract {

    @Override
    protected HttpHop hop(HostPort server, Duration timeout) {
        return Settings.read(
                "outbound.http",
                "server = \"" + server + "\", handshake-timeout = " + timeout.toMillis() + "ms",
                HttpHop::read);
    }

    @Override
    protected Optional<Hop> hop(HostPort server, Duration timeout, Credentials credentials) {
        HttpHop hop = hop(server, timeout);
        return Optional.of(
                hop.withAuth(credentials.user(), credentials.password().reveal()));
    }
}
