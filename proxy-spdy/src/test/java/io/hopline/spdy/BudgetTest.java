package io.hopline.spdy;

import io.hopline.api.Hop;
import io.hopline.api.HostPort;
import io.hopline.spdy.session.SessionSettings;
import io.hopline.testkit.Wire;
import io.hopline.testkit.stream.BudgetContract;
import java.time.Duration;

/** What the streams of a SPDY session share. */
class BudgetTest extends BudgetContract<Peer> {

    private static final Duration LONG = Duration.ofSeconds(20);

    @Override
    protected Hop hop(HostPort at) {
        SpdyHop made = SpdyHop.to(at);
        SessionSettings settings = new SessionSettings(MOST_STREAMS, MAX, MAX, 16 * 1024, LONG, LONG, LONG, LONG);
        return new SpdyHop(made.at(), made.version(), made.auth(), made.timeout(), settings);
    }

    @Override
    protected Peer server(Wire wire) {
        return Peer.server(wire);
    }
}
