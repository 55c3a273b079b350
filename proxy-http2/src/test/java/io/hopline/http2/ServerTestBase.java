package io.hopline.http2;

import io.hopline.api.guard.GuardSettings;
import io.hopline.api.guard.InboundGuard;
import io.hopline.http2.session.SessionSettings;
import io.hopline.testkit.Loops;
import io.hopline.testkit.RecordingObserver;
import io.hopline.testkit.TestListener;
import io.hopline.testkit.Wire;
import io.hopline.testkit.exchange.Answers;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** An HTTP/2 inbound in front of {@link Answers}, and a client that is played frame by frame. */
@Timeout(30)
abstract class ServerTestBase {

    static final int MOST_STREAMS = 60;
    static final int MOST_RESETS = 100;
    static final int WINDOW = 64 * 1024;
    static final Duration LONG = Duration.ofSeconds(20);

    @RegisterExtension
    static final Loops LOOPS = new Loops();

    final Answers answers = new Answers();
    final RecordingObserver observer = new RecordingObserver();
    final InboundGuard guard = new InboundGuard(GuardSettings.DEFAULT);
    Peer client;

    @BeforeEach
    void connect() throws Exception {
        client = serve(settings(LONG, LONG));
    }

    static SessionSettings settings(Duration idle, Duration stall) {
        return settings(idle, stall, LONG);
    }

    static SessionSettings settings(Duration idle, Duration stall, Duration head) {
        return new SessionSettings(
                WINDOW, 1 << 20, 4 << 20, MOST_STREAMS, MOST_RESETS, 16 * 1024, idle, LONG, LONG, stall, head);
    }

    /** A connection to an inbound with these settings. */
    final Wire connect(SessionSettings settings) throws Exception {
        Http2Inbound inbound = new Http2Inbound(settings, answers);
        TestListener listener = LOOPS.closing(TestListener.bind(
                LOOPS,
                (channel, session) -> inbound.accept(channel, session.withGuard(guard.guard(channel))),
                observer));
        return LOOPS.closing(Wire.connect(listener.address()));
    }

    /** A client of an inbound with these settings. */
    final Peer serve(SessionSettings settings) throws Exception {
        return LOOPS.closing(Peer.client(connect(settings)));
    }
}
