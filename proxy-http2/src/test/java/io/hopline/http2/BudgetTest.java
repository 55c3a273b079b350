package io.hopline.http2;

import io.hopline.api.Hop;
import io.hopline.api.HostPort;
import io.hopline.http2.session.SessionSettings;
import io.hopline.testkit.Wire;
import io.hopline.testkit.stream.BudgetContract;
import java.time.Duration;

/** What the streams of an HTTP/2 session share. */
class BudgetTest extends BudgetContract<Peer> {

    private static final Duration LONG = Duration.ofSeconds(20);

    @Override
    protected Hop hop(HostPort at) {
        Http2Hop made = Http2Hop.to(at);
        SessionSettings settings = new SessionSettings(
                WINDOW, MAX, MAX - WINDOW, MOST_STREAMS, 1_000, 16 * 1024, LONG, LONG, LONG, LONG, LONG);
        return new Http2Hop(made.at(), made.auth(), made.timeout(), settings);
    }

    @Override
    protected Peer server(Wire wire) throws Exception {
        return Peer.server(wire);
    }
}
