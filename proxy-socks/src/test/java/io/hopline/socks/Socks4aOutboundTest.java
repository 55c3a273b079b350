package io.hopline.socks;

import io.hopline.api.Hop;
import io.hopline.api.HostPort;
import io.hopline.api.transport.Server;
import java.time.Duration;
import java.util.List;

/** The hop that carries names as well. */
class Socks4aOutboundTest extends Socks4OutboundTest {

    @Override
    protected Hop hop(HostPort server, Duration timeout) {
        return new Socks4Hop(new Server(server, List.of()), true, "me", timeout);
    }

    @Override
    protected List<HostPort> targets() {
        return List.of(new HostPort("name.invalid", 443), new HostPort("192.0.2.1", 1), new HostPort("0.0.0.7", 65535));
    }
}
