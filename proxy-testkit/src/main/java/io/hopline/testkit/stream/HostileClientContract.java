package io.hopline.testkit.stream;

import static io.hopline.testkit.stream.StreamPeer.Fault.CANCEL;
import static io.hopline.testkit.stream.StreamPeer.Fault.CLOSED;
import static io.hopline.testkit.stream.StreamPeer.Fault.FLOOD;
import static io.hopline.testkit.stream.StreamPeer.Fault.FLOW_CONTROL;
import static io.hopline.testkit.stream.StreamPeer.Fault.FRAME_SIZE;
import static io.hopline.testkit.stream.StreamPeer.Fault.NONE;
import static io.hopline.testkit.stream.StreamPeer.Fault.PROTOCOL;
import static io.hopline.testkit.stream.StreamPeer.Fault.REFUSED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.hopline.testkit.Loops;
import io.netty.channel.Channel;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * What every inbound whose sessions carry streams does with clients that play by no rules: the session ends with the right code, a
 * stream's fault stays with the stream, other sessions do not notice, and no more is held than the windows let in.
 */
@Timeout(30)
public abstract class HostileClientContract<P extends StreamPeer> extends StreamInboundUnderTest<P> {

    @Test
    void endsTheSessionForAStreamOfTheServersSide() throws Exception {
        client.request(2, "GET", "/", true);
        client.expectEnd(PROTOCOL);
    }

    @Test
    void endsTheSessionForAnIdThatFalls() throws Exception {
        client.expectAnswer(5);
        client.request(3, "GET", "/", true);
        client.expectEnd(PROTOCOL);
    }

    @Test
    void refusesStreamsBeyondTheLimit() throws Exception {
        for (int i = 0; i < MOST_STREAMS; i++) {
            client.request(1 + 2 * i, "POST", "/", false);
        }
        int over = 1 + 2 * MOST_STREAMS;
        client.request(over, "GET", "/", true);
        client.expectReset(over, REFUSED);
        client.data(1, true);
        client.expectStatus(1, "200");
        client.body(1);
        client.expectAnswer(over + 2);
    }

    /** Otherwise a client whose targets read nothing could have any number of windows filled. */
    @Test
    void countsAStreamThatIsOverUntilItWasRead() throws Exception {
        for (int i = 0; i < MOST_STREAMS; i++) {
            client.connect(1 + 2 * i);
            client.data(1 + 2 * i, true, new byte[FRAME]);
            client.expectStatus(1 + 2 * i, "200");
            client.body(1 + 2 * i);
        }
        int over = 1 + 2 * MOST_STREAMS;
        client.request(over, "GET", "/", true);
        client.expectReset(over, REFUSED);
        for (Channel tunnel : answers.tunnels()) {
            Loops.get(tunnel.close());
        }
        client.expectAnswer(over + 2);
    }

    @Test
    void takesNoMoreThanAStreamsWindow() throws Exception {
        client.request(1, "POST", "/stuck", false);
        for (int sent = 0; sent <= WINDOW; sent += FRAME) {
            client.data(1, false, new byte[FRAME]);
        }
        client.expectReset(1, FLOW_CONTROL);
        client.expectAnswer(3);
    }

    @Test
    void resetsAStreamWhoseWindowGrowsTooLarge() throws Exception {
        client.request(1, "POST", "/stuck", false);
        client.credit(1, Integer.MAX_VALUE);
        client.expectReset(1, FLOW_CONTROL);
        client.expectAnswer(3);
    }

    @Test
    void asksNobodyForARequestThatBreaksTheRulesInTheSameBreath() throws Exception {
        client.wire().hold();
        client.request(1, "POST", "/stuck", false);
        client.credit(1, Integer.MAX_VALUE);
        client.wire().release();
        client.expectReset(1, FLOW_CONTROL);
        await().until(() -> !answers.abandoned().isEmpty());
        assertThat(answers.abandoned()).containsExactly("");
    }

    @Test
    void endsTheSessionWhoseWindowGrowsTooLarge() throws Exception {
        client.credit(0, Integer.MAX_VALUE);
        client.expectEnd(FLOW_CONTROL);
    }

    @Test
    void resetsAStreamThatGoesOnBehindItsEnd() throws Exception {
        client.initialWindow(0);
        client.request(1, "GET", "/bytes/10", true);
        client.expectStatus(1, "200");
        client.data(1, false, (byte) 1);
        client.expectReset(1, CLOSED);
    }

    @Test
    void endsTheSessionThatOpensAndResetsRapidly() throws Exception {
        Barrage.of(i -> {
            client.request(1 + 2 * i, "POST", "/stuck", false);
            client.reset(1 + 2 * i);
        });
        client.expectEnd(FLOOD);
    }

    @Test
    void endsTheSessionForAFloodOfPings() throws Exception {
        Barrage.of(i -> client.ping());
        client.expectEnd(FLOOD);
    }

    @Test
    void endsTheSessionForAFloodOfSettings() throws Exception {
        Barrage.of(i -> client.initialWindow(WINDOW));
        client.expectEnd(FLOOD);
    }

    @Test
    void endsTheSessionForAFloodOfEmptyData() throws Exception {
        client.request(1, "POST", "/", false);
        Barrage.of(i -> client.data(1, false));
        client.expectEnd(FLOOD);
    }

    @Test
    void endsTheSessionForSettingsWithoutEnd() throws Exception {
        client.mostSettings();
        client.expectEnd(FRAME_SIZE);
    }

    @Test
    void resetsAStreamWhoseClientTakesNothing() throws Exception {
        client = serve(LONG, Duration.ofMillis(100));
        client.initialWindow(0);
        client.request(1, "GET", "/bytes/10", true);
        client.expectStatus(1, "200");
        client.expectReset(1, CANCEL);
        client.initialWindow(WINDOW);
        client.expectAnswer(3);
    }

    @Test
    void resetsAStreamWhoseClientLetsNothingIntoTheSession() throws Exception {
        client = serve(LONG, Duration.ofMillis(100));
        client.initialWindow(1 << 20);
        client.request(1, "GET", "/bytes/200000", true);
        client.expectStatus(1, "200");
        client.expectReset(1, CANCEL);
    }

    @Test
    void closesASessionThatIsIdle() throws Exception {
        client = serve(Duration.ofMillis(100), LONG);
        client.expectEnd(NONE);
    }

    @Test
    void fiftyStuckStreamsHoldUpNobody() throws Exception {
        for (int i = 0; i < STUCK; i++) {
            client.request(1 + 2 * i, "POST", "/stuck", false);
            for (int sent = 0; sent < WINDOW; sent += FRAME) {
                client.data(1 + 2 * i, false, new byte[FRAME]);
            }
        }
        int next = 1 + 2 * STUCK;
        client.request(next, "POST", "/", false);
        client.data(next, true, new byte[FRAME]);
        client.expectStatus(next, "200");
        assertThat(client.body(next)).endsWith("" + FRAME);
    }

    @Test
    void aResetOfTheClientIsNoCleanEnd() throws Exception {
        client.request(1, "POST", "/", false);
        client.data(1, false, (byte) 1);
        client.expectAnswer(3);
        client.reset(1);
        await().until(() -> !answers.broken().isEmpty());
        client.expectAnswer(5);
    }

    @Test
    void aLostConnectionIsNoCleanEnd() throws Exception {
        client.request(1, "POST", "/", false);
        client.data(1, false, (byte) 1);
        client.expectAnswer(3);
        client.wire().endOutput();
        await().until(() -> !answers.broken().isEmpty());
    }

    @Test
    void aResetOfTheClientStopsARequestThatIsWhole() throws Exception {
        client.request(1, "GET", "/silent", true);
        client.expectAnswer(3);
        client.reset(1);
        await().until(() -> !answers.abandoned().isEmpty());
        client.expectAnswer(5);
    }

    @Test
    void aResetOfTheClientStopsARequestWhoseBodyNobodyReads() throws Exception {
        client.request(1, "POST", "/stuck", false);
        client.data(1, true, (byte) 1);
        client.expectAnswer(3);
        client.reset(1);
        await().until(() -> !answers.abandoned().isEmpty());
        client.expectAnswer(5);
    }

    @Test
    void aLostConnectionStopsARequestThatIsWhole() throws Exception {
        client.request(1, "GET", "/silent", true);
        client.expectAnswer(3);
        client.wire().reset();
        await().until(() -> !answers.abandoned().isEmpty());
    }
}
