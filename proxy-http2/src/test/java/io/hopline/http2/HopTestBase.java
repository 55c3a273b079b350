package io.hopline.http2;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.hopline.api.DialException;
import io.hopline.api.HopRef;
import io.hopline.api.HostPort;
import io.hopline.api.HttpOutbound;
import io.hopline.api.Session;
import io.hopline.http2.session.SessionSettings;
import io.hopline.testkit.Dialer;
import io.hopline.testkit.Loops;
import io.hopline.testkit.RecordingObserver;
import io.hopline.testkit.Target;
import io.netty.channel.Channel;
import io.netty.util.concurrent.Future;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** An HTTP/2 hop, and a server that is played frame by frame. */
@Timeout(30)
abstract class HopTestBase {

    static final Duration LONG = Duration.ofSeconds(20);
    static final HostPort TARGET = new HostPort("target.example", 443);
    static final int WINDOW = 64 * 1024;

    /** What SETTINGS may have. */
    static final int MAX_STREAMS = 3;

    @RegisterExtension
    static final Loops LOOPS = new Loops();

    Target server;
    Http2Hop hop;
    Session session;
    HttpOutbound outbound;

    @BeforeEach
    final void listen() throws Exception {
        server = LOOPS.closing(Target.listen());
        session = LOOPS.session(new RecordingObserver());
        hop = hop(LONG, LONG, LONG);
        outbound = over(hop);
    }

    final Http2Hop hop(Duration idle, Duration ping, Duration stall) throws IOException {
        SessionSettings settings =
                new SessionSettings(WINDOW, 1 << 20, 8 << 20, 100, 1_000, 16 * 1024, idle, ping, ping, stall, LONG);
        Http2Hop made = Http2Hop.to(server.address());
        return new Http2Hop(made.at(), made.auth(), Duration.ofSeconds(2), settings);
    }

    static HttpOutbound over(Http2Hop hop) {
        return (HttpOutbound) hop.over(Dialer.sockets(), HopRef.of(1, hop));
    }

    final Future<Channel> dial() throws Exception {
        return Loops.on(session.loop(), () -> outbound.dial(TARGET, session));
    }

    final Peer accept(int... settings) throws Exception {
        return LOOPS.closing(Peer.server(server.accept(), settings));
    }

    static int grant(Peer peer) throws Exception {
        return peer.grant();
    }

    static DialException failure(Future<Channel> dialed) {
        DialException failure = catchThrowableOfType(DialException.class, () -> Loops.get(dialed));
        assertThat(failure).as("the dial's failure").isNotNull();
        return failure;
    }
}
