package io.hopline.spdy;

import static org.assertj.core.api.Assertions.assertThat;

import io.hopline.api.guard.GuardEvent;
import io.hopline.spdy.session.SessionSettings;
import io.hopline.spdy.session.Version;
import io.hopline.testkit.Hex;
import io.hopline.testkit.Wire;
import io.hopline.testkit.stream.StreamPeer.Fault;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A client that takes its time is cut off, whatever it has said by then, and is counted. */
class SlowClientTest extends SpdyServerTestBase {

    private static final SessionSettings HASTY =
            new SessionSettings(MOST_STREAMS, 1 << 20, 4 << 20, 16 * 1024, LONG, LONG, LONG, Duration.ofMillis(200));

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "nothing, ''",
        "half a frame's header, 80030001",
        "settings, 80030004 00000004 00000000",
        "half a SYN_STREAM, 80030001 0000000c 00000001",
        "half a PING, 80030006 00000004 0000"
    })
    void isCutOffBeforeItsFirstRequest(String what, String said) throws Exception {
        Wire wire = wire(Version.V3_1, HASTY);
        wire.write(Hex.bytes(said));
        wire.readToEnd();
        assertThat(observer.takeServed().outcome()).isEqualTo("SPDY: no complete request came within 200 ms");
        assertThat(guard.counts().of(GuardEvent.SLOW_CLIENT)).isEqualTo(1);
    }

    @Test
    void isCutOffInTheMidstOfALaterHead() throws Exception {
        Peer slow = serve(Version.V3_1, HASTY);
        slow.expectAnswer(1);
        slow.wire().write(Hex.bytes("80030001 0000000c 00000003"));
        slow.expectEnd(Fault.NONE);
        assertThat(guard.counts().of(GuardEvent.SLOW_CLIENT)).isEqualTo(1);
    }
}
