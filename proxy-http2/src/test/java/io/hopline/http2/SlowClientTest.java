package io.hopline.http2;

import static org.assertj.core.api.Assertions.assertThat;

import io.hopline.api.guard.GuardEvent;
import io.hopline.http2.session.SessionSettings;
import io.hopline.testkit.Hex;
import io.hopline.testkit.Wire;
import io.hopline.testkit.stream.StreamPeer.Fault;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A client that takes its time is cut off, whatever it has said by then, and is counted. */
class SlowClientTest extends ServerTestBase {

    private static final SessionSettings HASTY = settings(LONG, LONG, Duration.ofMillis(200));
    private static final String PREFACE = Hex.text("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n");

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "nothing, false, ''",
        "half a preface, false, 505249202a",
        "a preface, true, ''",
        "settings, true, 000000040000000000",
        "half a frame's header, true, 000000040000000000 00000104",
        "half a header section, true, 000000040000000000 000001010000000001 82",
        "half a HEADERS frame, true, 000000040000000000 000002010400000001 82",
        "half a PING, true, 000000040000000000 000008060000000000 00"
    })
    void isCutOffBeforeItsFirstRequest(String what, boolean preface, String said) throws Exception {
        Wire wire = connect(HASTY);
        wire.write(Hex.bytes((preface ? PREFACE : "") + said));
        assertThat(wire.readAll()).contains("no complete request came within 200 ms");
        assertThat(observer.takeServed().outcome()).isEqualTo("no complete request came within 200 ms");
        assertThat(guard.counts().of(GuardEvent.SLOW_CLIENT)).isEqualTo(1);
    }

    @Test
    void isCutOffInTheMidstOfALaterHead() throws Exception {
        Peer slow = serve(HASTY);
        slow.expectAnswer(1);
        slow.send(Peer.HEADERS, Peer.END_STREAM, 3, slow.block(3, ":method", "GET"));
        slow.expectEnd(Fault.NONE);
        assertThat(guard.counts().of(GuardEvent.SLOW_CLIENT)).isEqualTo(1);
    }
}
