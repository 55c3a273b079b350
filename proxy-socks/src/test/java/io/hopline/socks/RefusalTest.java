package io.hopline.socks;

import static org.assertj.core.api.Assertions.assertThat;

import io.hopline.api.Entry;
import io.hopline.api.Outbound;
import io.hopline.testkit.Hex;
import io.hopline.testkit.Loops;
import io.hopline.testkit.RecordingObserver;
import io.hopline.testkit.TestListener;
import io.hopline.testkit.Wire;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What only a socket can show of a client that is turned away: that it can still read why. */
class RefusalTest {

    @RegisterExtension
    static final Loops LOOPS = new Loops();

    private static final Outbound NOWHERE = (target, session) -> {
        throw new AssertionError("dialed " + target);
    };

    private final RecordingObserver observer = new RecordingObserver();

    @Test
    void reachesASocks5ClientThatGoesOnSending() throws Exception {
        Wire client = client(Socks5Entry.create());
        client.write(Hex.bytes("05 01 00 05 02 00 01 7f000001 0050"));
        client.write(new byte[100_000]);
        client.expect(Hex.bytes("05 00 05 07 00 01 00000000 0000"));
        client.expectEnd();
        client.endOutput();
        assertThat(observer.takeServed().outcome()).isEqualTo("client asks for BIND, and bind = true is not set");
    }

    @Test
    void reachesASocks4ClientThatGoesOnSending() throws Exception {
        Wire client = client(Socks4Entry.create());
        client.write(Hex.bytes("04 02 0050 7f000001 00"));
        client.write(new byte[100_000]);
        client.expect(Hex.bytes("00 5b 0000 00000000"));
        client.expectEnd();
        client.endOutput();
        assertThat(observer.takeServed().outcome()).isEqualTo("client asks for BIND, and bind = true is not set");
    }

    @Test
    void tellsTheOperatorWhatServesDatagrams() throws Exception {
        Wire client = client(Socks5Entry.create());
        client.write(Hex.bytes("05 01 00 05 03 00 01 00000000 0000"));
        client.expect(Hex.bytes("05 00 05 07 00 01 00000000 0000"));
        client.expectEnd();
        client.endOutput();
        assertThat(observer.takeServed().outcome()).isEqualTo("client asks for UDP, and udp = true is not set");
    }

    @Test
    void reachesAClientThatHasEndedItsSide() throws Exception {
        Wire client = client(Socks5Entry.create());
        client.write(Hex.bytes("05 01 01"));
        client.endOutput();
        client.expect(Hex.bytes("05 ff"));
        client.expectEnd();
    }

    @Test
    void letsGoOfAClientThatNeverEnds() throws Exception {
        Wire client = client(Socks5Entry.create());
        client.write(Hex.bytes("05 01 01"));
        client.expect(Hex.bytes("05 ff"));
        client.expectEnd();
        LOOPS.awaitOpenChannels(1);
    }

    @Test
    void isNotNeededByAClientThatLeaves() throws Exception {
        Wire client = client(Socks5Entry.create());
        client.write(Hex.bytes("05 01 00"));
        client.expect(Hex.bytes("05 00"));
        client.endOutput();
        client.expectEnd();
        assertThat(observer.takeServed().outcome()).isEqualTo("client left before it had said what it wants");
    }

    @Test
    void isNotNeededByAClientThatBreaksOff() throws Exception {
        Wire client = client(Socks4Entry.create());
        client.write(Hex.bytes("04"));
        client.reset();
        assertThat(observer.takeServed().target()).isEmpty();
    }

    private Wire client(Entry entry) throws Exception {
        TestListener listener = LOOPS.closing(TestListener.bind(LOOPS, entry.to(NOWHERE), observer));
        return LOOPS.closing(Wire.connect(listener.address()));
    }
}
