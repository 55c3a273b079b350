package io.hopline.http2;

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
    Peer client;

    @BeforeEach
    void connect() throws Exception {
        client = serve(settings(LONG, LONG));
    }

    static SessionSettings settings(Duration idle, Duration stall) {
        return new SessionSettings(
                WINDOW, 1 << 20, 4 << 20, MOST_STREAMS, MOST_RESETS, 16 * 1024, idle, LONG, LONG, stall);
    }

    /** A client of an inbound with these settings. */
    final Peer serve(SessionSettings settings) throws Exception {
        TestListener listener = LOOPS.closing(TestListener.bind(LOOPS, new Http2Inbound(settings, answers), observer));
        return LOOPS.closing(Peer.client(Wire.connect(listener.address())));
    }
}
