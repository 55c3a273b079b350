package io.hopline.http2;

import static io.netty.handler.codec.http2.Http2Error.CANCEL;
import static io.netty.handler.codec.http2.Http2Error.ENHANCE_YOUR_CALM;
import static io.netty.handler.codec.http2.Http2Error.FLOW_CONTROL_ERROR;
import static io.netty.handler.codec.http2.Http2Error.NO_ERROR;
import static io.netty.handler.codec.http2.Http2Error.PROTOCOL_ERROR;
import static io.netty.handler.codec.http2.Http2Error.REFUSED_STREAM;
import static io.netty.handler.codec.http2.Http2Error.STREAM_CLOSED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.netty.handler.codec.http2.Http2Error;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Clients that play by no rules: the session ends with the right code, and a stream's fault stays with the stream. */
class HostileClientTest extends ServerTestBase {

    private static final int CANCEL_CODE = 8;

    @Test
    void endsTheSessionOfAClientThatResetsAllTheTime() throws Exception {
        flood(2 * MOST_RESETS, i -> {
            client.request(1 + 2 * i, "POST", "/stuck", false);
            client.number(Peer.RST_STREAM, 1 + 2 * i, CANCEL_CODE);
        });
        client.expectGoAway(ENHANCE_YOUR_CALM);
    }

    /** Each of these frames makes the server reset the stream by itself (CVE-2025-55163). */
    @Test
    void endsTheSessionOfAClientThatHasUsResetAllTheTime() throws Exception {
        flood(2 * MOST_RESETS, i -> {
            client.request(1 + 2 * i, "POST", "/stuck", false);
            client.number(Peer.WINDOW_UPDATE, 1 + 2 * i, 0);
        });
        assertThat(lastGoAway()).isEqualTo(ENHANCE_YOUR_CALM);
    }

    @Test
    void endsTheSessionForAFloodOfContinuations() throws Exception {
        byte[] block = client.block(1, ":method", "GET", ":scheme", "http", ":authority", "a", ":path", "/");
        client.send(Peer.HEADERS, Peer.END_STREAM, 1, block);
        flood(100, i -> client.send(Peer.CONTINUATION, 0, 1));
        client.expectGoAway(ENHANCE_YOUR_CALM);
    }

    @Test
    void endsTheSessionForAHeaderSectionWithoutEnd() throws Exception {
        byte[] block = client.block(1, ":method", "GET", ":scheme", "http", ":authority", "a", ":path", "/");
        byte[] field = client.block(1, "x-field", "x".repeat(8_000));
        client.send(Peer.HEADERS, Peer.END_STREAM, 1, block);
        flood(100, i -> client.send(Peer.CONTINUATION, 0, 1, field));
        assertThat(lastGoAway()).isIn(ENHANCE_YOUR_CALM, PROTOCOL_ERROR);
    }

    @Test
    void endsTheSessionForAFloodOfSettings() throws Exception {
        flood(2_000, i -> client.send(Peer.SETTINGS, 0, 0));
        client.expectGoAway(ENHANCE_YOUR_CALM);
    }

    @Test
    void endsTheSessionForAFloodOfPings() throws Exception {
        flood(2_000, i -> client.send(Peer.PING, 0, 0, new byte[8]));
        client.expectGoAway(ENHANCE_YOUR_CALM);
    }

    @Test
    void endsTheSessionForAFloodOfPriorities() throws Exception {
        client.request(1, "POST", "/stuck", false);
        flood(2_000, i -> client.send(Peer.PRIORITY, 0, 1, new byte[] {0, 0, 0, 3, 1}));
        client.expectGoAway(ENHANCE_YOUR_CALM);
    }

    @Test
    void endsTheSessionForAFloodOfEmptyData() throws Exception {
        client.request(1, "POST", "/", false);
        flood(100, i -> client.data(1, false));
        client.expectGoAway(ENHANCE_YOUR_CALM);
    }

    @Test
    void endsTheSessionWhoseWindowGrowsTooLarge() throws Exception {
        client.number(Peer.WINDOW_UPDATE, 0, Integer.MAX_VALUE);
        client.expectGoAway(FLOW_CONTROL_ERROR);
    }

    @Test
    void resetsAStreamWhoseWindowGrowsTooLarge() throws Exception {
        client.request(1, "POST", "/stuck", false);
        client.number(Peer.WINDOW_UPDATE, 1, Integer.MAX_VALUE);
        client.expectReset(1, FLOW_CONTROL_ERROR);
        client.expectAnswer(3);
    }

    @Test
    void endsTheSessionForSettingsThatTakeAWindowTooFar() throws Exception {
        client.request(1, "POST", "/stuck", false);
        client.number(Peer.WINDOW_UPDATE, 1, Integer.MAX_VALUE - 65_535);
        client.settings(Peer.INITIAL_WINDOW, 65_536);
        client.expectGoAway(FLOW_CONTROL_ERROR);
    }

    @Test
    void doesNotTakeMoreThanAStreamsWindow() throws Exception {
        client.request(1, "POST", "/stuck", false);
        for (int sent = 0; sent <= WINDOW; sent += 16 * 1024) {
            client.data(1, false, new byte[16 * 1024]);
        }
        client.expectReset(1, FLOW_CONTROL_ERROR);
        client.expectAnswer(3);
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 0})
    void endsTheSessionForAStreamOfTheServersSide(int id) throws Exception {
        client.request(id, "GET", "/", true);
        client.expectGoAway(PROTOCOL_ERROR);
    }

    @Test
    void endsTheSessionForAnIdThatFalls() throws Exception {
        client.expectAnswer(5);
        client.get(3, "/");
        client.expectGoAway(PROTOCOL_ERROR);
    }

    @Test
    void resetsAStreamThatIsUsedOnceMore() throws Exception {
        client.expectAnswer(1);
        client.get(1, "/");
        client.expectReset(1, STREAM_CLOSED);
        client.expectAnswer(3);
    }

    @Test
    void takesNoStreamThatWasRefusedForOneThatFell() throws Exception {
        client.request(1, "GET", "/", true, "UPPER", "case");
        client.expectReset(1, PROTOCOL_ERROR);
        client.expectAnswer(3);
        client.data(1, true);
        client.expectReset(1, STREAM_CLOSED);
        client.expectAnswer(5);
    }

    @Test
    void refusesDataBehindTheEnd() throws Exception {
        client.settings(Peer.INITIAL_WINDOW, 0);
        client.get(1, "/bytes/10");
        client.expectHead(1, "200");
        client.data(1, false, (byte) 1);
        client.expectReset(1, STREAM_CLOSED);
    }

    @Test
    void refusesStreamsBeyondTheLimit() throws Exception {
        for (int i = 0; i < MOST_STREAMS; i++) {
            client.request(1 + 2 * i, "POST", "/", false);
        }
        int over = 1 + 2 * MOST_STREAMS;
        client.get(over, "/");
        client.expectReset(over, REFUSED_STREAM);
        client.data(1, true);
        client.expectHead(1, "200");
        client.body(1);
        client.expectAnswer(over + 2);
    }

    @Test
    void resetsAStreamWhoseClientTakesNothing() throws Exception {
        client = serve(settings(LONG, Duration.ofMillis(100)));
        client.settings(Peer.INITIAL_WINDOW, 0);
        client.get(1, "/bytes/10");
        client.expectHead(1, "200");
        client.expectReset(1, CANCEL);
    }

    @Test
    void closesASessionThatIsIdle() throws Exception {
        client = serve(settings(Duration.ofMillis(100), LONG));
        client.expectGoAway(NO_ERROR);
        client.wire().readToEnd();
    }

    @Test
    void fiftyStuckStreamsHoldUpNobody() throws Exception {
        for (int i = 0; i < 50; i++) {
            client.request(1 + 2 * i, "POST", "/stuck", false);
            for (int sent = 0; sent < WINDOW; sent += 16 * 1024) {
                client.data(1 + 2 * i, false, new byte[16 * 1024]);
            }
        }
        client.request(101, "POST", "/", false);
        client.data(101, true, new byte[16 * 1024]);
        client.expectHead(101, "200");
        assertThat(client.body(101)).endsWith("16384");
    }

    @Test
    void otherSessionsDoNotNotice() throws Exception {
        Peer other = serve(settings(LONG, LONG));
        client.number(Peer.WINDOW_UPDATE, 0, Integer.MAX_VALUE);
        client.expectGoAway(FLOW_CONTROL_ERROR);
        other.expectAnswer(1);
    }

    @Test
    void aResetOfTheClientIsNoCleanEnd() throws Exception {
        client.request(1, "POST", "/", false);
        client.data(1, false, (byte) 1);
        client.expectAnswer(3);
        client.number(Peer.RST_STREAM, 1, CANCEL_CODE);
        await().until(() -> !answers.broken().isEmpty());
        client.expectAnswer(5);
    }

    /** Sends until that is done, or until the server has heard enough. */
    private static void flood(int times, Step step) throws Exception {
        try {
            for (int i = 0; i < times; i++) {
                step.run(i);
            }
        } catch (IOException e) {
            assertThat(e).as("the server ends the connection").isNotNull();
        }
    }

    private Http2Error lastGoAway() throws IOException {
        return Http2Error.valueOf(client.next(Peer.GOAWAY).code());
    }

    private interface Step {
        void run(int i) throws Exception;
    }
}
