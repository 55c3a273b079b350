package io.hopline.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.hopline.api.DialException.Reason;
import io.hopline.api.Hop;
import io.hopline.api.HopRef;
import io.hopline.api.Step;
import io.netty.channel.Channel;
import io.netty.util.concurrent.Future;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The cases of {@link OutboundContract} in which no tunnel opens: the dial tells where, in which step and why, and leaves nothing. */
abstract class OutboundFailures extends OutboundCredentials {

    private static final Duration SHORT = Duration.ofMillis(200);

    @TestFactory
    Stream<DynamicTest> tellsWhyTheServerDidNotOpenTheTunnel() {
        assertThat(refusals()).isNotEmpty();
        return refusals().stream()
                .map(refusal -> dynamicTest(refusal.name(), () -> {
                    Hop hop = hop();
                    Future<Channel> dialed = dial(hop);
                    Wire accepted = accept();
                    refusal.dialogue().play(accepted);
                    HopRef at = refusal.behind() ? HopRef.TARGET : at(hop);
                    Step step = refusal.behind() ? Step.CONNECT : Step.HANDSHAKE;
                    expectFailure(dialed, refusal.reason(), at, step);
                    accepted.readToEnd();
                }));
    }

    @Test
    void takesAReplyCutShortForBroken() throws Exception {
        Hop hop = hop();
        int whole = wholeReply(hop);
        for (int length = 0; length < whole; length++) {
            cutShort(hop, length, false);
            cutShort(hop, length, true);
        }
    }

    @Test
    void givesUpOnASilentServer() throws Exception {
        Hop hop = hop(server(), SHORT);
        Future<Channel> dialed = dial(hop);
        Wire accepted = accept();
        expectFailure(dialed, Reason.TIMEOUT, at(hop), Step.HANDSHAKE);
        accepted.readToEnd();
    }

    @Test
    void givesUpOnAServerThatStopsInMidReply() throws Exception {
        Hop hop = hop(server(), SHORT);
        Future<Channel> dialed = dial(hop);
        Wire accepted = accept();
        readRequest(accepted);
        accepted.write(granted()[0]);
        expectFailure(dialed, Reason.TIMEOUT, at(hop), Step.HANDSHAKE);
        accepted.readToEnd();
    }

    @Test
    void hangsUpWhenTheClientBreaksOffDuringTheDial() throws Exception {
        Wire client = enter(hop());
        Wire accepted = accept();
        readRequest(accepted);
        client.reset();
        accepted.readToEnd();
        assertThat(observer.takeServed().outcome()).isEqualTo("client left during the dial");
    }

    @Test
    void hangsUpWhenTheDialIsCancelled() throws Exception {
        Future<Channel> dialed = dial(hop());
        Wire accepted = accept();
        readRequest(accepted);
        dialed.cancel(false);
        accepted.readToEnd();
    }

    @Test
    void stopsDialingItsServerWhenTheDialIsCancelled() throws Exception {
        GatedOutbound via = GatedOutbound.to(server());
        Future<Channel> dialed = dial(hop(), target(), via);
        via.takeAsked();
        dialed.cancel(false);
        via.awaitCancelled();
    }

    /** How many bytes a server says in all until the tunnel is open. */
    private int wholeReply(Hop hop) throws Exception {
        Future<Channel> dialed = dial(hop);
        Wire accepted = accept();
        readRequest(accepted);
        accepted.write(granted());
        Loops.get(dialed).close();
        return accepted.written();
    }

    private void cutShort(Hop hop, int length, boolean reset) throws Exception {
        Future<Channel> dialed = dial(hop);
        Wire accepted = accept();
        accepted.cutAfter(length);
        try {
            readRequest(accepted);
            accepted.write(granted());
        } catch (Wire.CutShort enough) {
            // Meant.
        }
        if (reset) {
            accepted.reset();
        } else {
            accepted.endOutput();
        }
        expectFailure(dialed, Reason.PROTOCOL, at(hop), Step.HANDSHAKE);
        if (!reset) {
            accepted.readToEnd();
        }
    }
}
