package io.hopline.spdy;

import io.hopline.api.Inbound;
import io.hopline.api.guard.GuardSettings;
import io.hopline.api.guard.InboundGuard;
import io.hopline.api.transport.TlsServerConfig;
import io.hopline.spdy.session.SessionSettings;
import io.hopline.spdy.session.Version;
import io.hopline.testkit.Loops;
import io.hopline.testkit.RecordingObserver;
import io.hopline.testkit.TestListener;
import io.hopline.testkit.Wire;
import io.hopline.testkit.exchange.Answers;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A SPDY inbound in front of {@link Answers}, and clients that play by no rules. */
@Timeout(30)
abstract class SpdyServerTestBase {

    static final int MOST_STREAMS = 60;
    static final Duration LONG = Duration.ofSeconds(20);
    static final SessionSettings SETTINGS =
            new SessionSettings(MOST_STREAMS, 1 << 20, 4 << 20, 16 * 1024, LONG, LONG, LONG, LONG);

    @RegisterExtension
    static final Loops LOOPS = new Loops();

    final Answers answers = new Answers();
    final RecordingObserver observer = new RecordingObserver();
    final InboundGuard guard = new InboundGuard(GuardSettings.DEFAULT);
    Peer client;

    @BeforeEach
    void connect() throws Exception {
        client = serve(Version.V3_1, SETTINGS);
    }

    /** The inbound, alone or behind TLS that agrees on its version by ALPN and serves nothing else. */
    final Inbound inbound(Version version, boolean tls) {
        SpdyInbound spdy = new SpdyInbound(version, SETTINGS, answers);
        return tls
                ? new TlsServerConfig()
                        .selfSigned()
                        .alpn(version.alpn(), next -> spdy)
                        .build()
                        .over(answers, false)
                : spdy;
    }

    /** A client of an inbound with these settings. */
    final Peer serve(Version version, SessionSettings settings) throws Exception {
        return LOOPS.closing(Peer.client(wire(version, settings)));
    }

    /** A connection to an inbound with these settings. */
    final Wire wire(Version version, SessionSettings settings) throws Exception {
        SpdyInbound inbound = new SpdyInbound(version, settings, answers);
        TestListener listener = LOOPS.closing(TestListener.bind(
                LOOPS,
                (channel, session) -> inbound.accept(channel, session.withGuard(guard.guard(channel))),
                observer));
        return LOOPS.closing(Wire.connect(listener.address()));
    }
}
