package io.hopline.spdy;

import static org.assertj.core.api.Assertions.assertThat;

import io.hopline.api.stream.StreamChannel;
import io.hopline.api.stream.StreamLink.Close;
import io.hopline.spdy.session.SessionOwner;
import io.hopline.spdy.session.SessionSettings;
import io.hopline.spdy.session.SpdySession;
import io.hopline.spdy.session.SpdyStream;
import io.hopline.spdy.session.Version;
import io.netty.channel.embedded.EmbeddedChannel;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a pool of sessions asks of one. */
class SpdyClientSessionTest {

    private static final Duration LONG = Duration.ofMinutes(1);
    private static final SessionSettings ONE_STREAM =
            new SessionSettings(1, 1 << 20, 1 << 20, 16 * 1024, LONG, LONG, LONG, LONG);

    private final EmbeddedChannel server = new EmbeddedChannel();

    @AfterEach
    void close() {
        server.finishAndReleaseAll();
    }

    /** Whoever has waited for it may have left just when it was made. */
    @Test
    void takesAStreamBackThatNobodyWants() {
        SpdySession session = SpdySession.connect(server, Version.V3_1, ONE_STREAM, new Owner());
        SpdyStream stream = session.open();
        assertThat(session.hasRoom()).isFalse();
        stream.closed(new Close(false, false, false));
        assertThat(session.hasRoom()).isTrue();
    }

    private static final class Owner implements SessionOwner {

        @Override
        public void opened(StreamChannel stream) {
            throw new AssertionError("servers open no streams here");
        }

        @Override
        public void changed() {
            // Asked for.
        }

        @Override
        public void ended(String why) {
            // Closed behind the test.
        }
    }
}
