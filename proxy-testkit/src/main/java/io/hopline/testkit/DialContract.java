package io.hopline.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.hopline.api.DialException.Reason;
import io.hopline.api.Hop;
import io.hopline.api.HopRef;
import io.hopline.api.HostPort;
import io.hopline.api.Outbound;
import io.hopline.api.Served;
import io.hopline.api.Session;
import io.hopline.api.SessionObserver;
import io.hopline.api.Step;
import io.netty.channel.Channel;
import io.netty.util.concurrent.Future;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.function.ThrowingConsumer;

/**
 * What every outbound makes of a dial that can't succeed: it tells where, in which step and why, and leaves nothing behind. Of an
 * outbound that opens no tunnels at all this is the whole suite; all others have it with {@link BareOutboundContract}.
 */
public interface DialContract {

    /**
     * A dial that can't succeed, though nobody says so.
     *
     * @param name why not, for the test's name
     * @param hop the hop under test
     * @param at where the failure is told to be
     */
    record Failing(String name, Hop hop, HostPort target, Reason reason, HopRef at, Step step) {}

    /** The loops of the test's class; what a test opens is handed to {@link Loops#closing}. */
    Loops loops();

    /** At least one of them. */
    List<Failing> failing() throws Exception;

    /** What is beneath the hop: sockets to literal addresses. */
    default Outbound beneath() {
        return Dialer.sockets();
    }

    @TestFactory
    default Stream<DynamicTest> tellsWhereAndWhyADialFails() throws Exception {
        return ofEachFailing(failing -> {
            Session session = loops().session(SessionObserver.NONE);
            Outbound outbound = failing.hop.over(beneath(), HopRef.of(1, failing.hop));
            Future<Channel> dialed = Loops.on(session.loop(), () -> outbound.dial(failing.target, session));
            OutboundUnderTest.expectFailure(dialed, failing.reason, failing.at, failing.step);
        });
    }

    @TestFactory
    default Stream<DynamicTest> turnsAwayTheClientOfADialThatFails() throws Exception {
        return ofEachFailing(failing -> {
            RecordingObserver observer = new RecordingObserver();
            Outbound outbound = failing.hop.over(beneath(), HopRef.of(1, failing.hop));
            Entrance entrance = new Entrance(failing.target, outbound);
            TestListener listener = loops().closing(TestListener.bind(loops(), entrance, observer));
            Wire client = loops().closing(Wire.connect(listener.address()));
            client.expectEnd();
            Served served = observer.takeServed();
            assertThat(served.outcome()).startsWith(failing.at + ", " + failing.step + ": ");
            assertThat(served.target()).contains(failing.target);
        });
    }

    private Stream<DynamicTest> ofEachFailing(ThrowingConsumer<Failing> tested) throws Exception {
        List<Failing> all = failing();
        assertThat(all).isNotEmpty();
        return DynamicTest.stream(all.stream(), Failing::name, tested);
    }
}
