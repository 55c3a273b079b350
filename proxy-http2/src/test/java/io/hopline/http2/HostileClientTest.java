package io.hopline.http2;

import static io.hopline.testkit.stream.StreamPeer.Fault.CLOSED;
import static io.hopline.testkit.stream.StreamPeer.Fault.FLOOD;
import static io.hopline.testkit.stream.StreamPeer.Fault.FLOW_CONTROL;
import static io.hopline.testkit.stream.StreamPeer.Fault.PROTOCOL;
import static io.netty.handler.codec.http2.Http2Error.ENHANCE_YOUR_CALM;
import static io.netty.handler.codec.http2.Http2Error.PROTOCOL_ERROR;
import static org.assertj.core.api.Assertions.assertThat;

import io.hopline.api.HttpInbound;
import io.hopline.api.Inbound;
import io.hopline.http2.session.SessionSettings;
import io.hopline.testkit.Wire;
import io.hopline.testkit.stream.Barrage;
import io.hopline.testkit.stream.HostileClientContract;
import io.netty.handler.codec.http2.Http2Error;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Clients that play by no rules of HTTP/2 (RFC 9113 section 10.5). */
class HostileClientTest extends HostileClientContract<Peer> {

    private static final int MOST_RESETS = 100;

    @Override
    protected Inbound inbound(HttpInbound next, Duration idle, Duration stall) {
        return new Http2Inbound(
                new SessionSettings(
                        WINDOW,
                        1 << 20,
                        4 << 20,
                        MOST_STREAMS,
                        MOST_RESETS,
                        MOST_HEADERS,
                        idle,
                        LONG,
                        LONG,
                        stall,
                        LONG),
                next);
    }

    @Override
    protected Peer client(Wire wire) throws Exception {
        return Peer.client(wire);
    }

    /**
     * Each of these pairs of frames makes the server reset the stream by itself (CVE-2025-55163). None of them comes too late to be read:
     * the server's close would be a reset then, which may overtake what it says.
     */
    @Test
    void endsTheSessionThatHasUsResetRapidly() throws Exception {
        for (int i = 0; i <= MOST_RESETS; i++) {
            client.request(1 + 2 * i, "POST", "/stuck", false);
            client.credit(1 + 2 * i, 0);
        }
        client.expectEnd(FLOOD);
    }

    @Test
    void endsTheSessionForAFloodOfContinuations() throws Exception {
        byte[] block = client.block(1, ":method", "GET", ":scheme", "http", ":authority", "a", ":path", "/");
        client.send(Peer.HEADERS, Peer.END_STREAM, 1, block);
        Barrage.of(i -> client.send(Peer.CONTINUATION, 0, 1));
        client.expectEnd(FLOOD);
    }

    @Test
    void endsTheSessionForAHeaderSectionWithoutEnd() throws Exception {
        byte[] block = client.block(1, ":method", "GET", ":scheme", "http", ":authority", "a", ":path", "/");
        byte[] field = client.block(1, "x-field", "x".repeat(8_000));
        client.send(Peer.HEADERS, Peer.END_STREAM, 1, block);
        Barrage.of(i -> client.send(Peer.CONTINUATION, 0, 1, field));
        assertThat(Http2Error.valueOf(client.next(Peer.GOAWAY).code())).isIn(ENHANCE_YOUR_CALM, PROTOCOL_ERROR);
    }

    @Test
    void endsTheSessionForAFloodOfFramesThatNobodyKnows() throws Exception {
        Barrage.of(i -> client.unknown(1));
        client.expectEnd(FLOOD);
    }

    @Test
    void endsTheSessionForAFloodOfPriorities() throws Exception {
        client.request(1, "POST", "/stuck", false);
        Barrage.of(i -> client.send(Peer.PRIORITY, 0, 1, new byte[] {0, 0, 0, 3, 1}));
        client.expectEnd(FLOOD);
    }

    @Test
    void endsTheSessionForSettingsThatTakeAWindowTooFar() throws Exception {
        client.request(1, "POST", "/stuck", false);
        client.credit(1, Integer.MAX_VALUE - 65_535);
        client.initialWindow(65_536);
        client.expectEnd(FLOW_CONTROL);
    }

    @Test
    void endsTheSessionForAStreamWithoutId() throws Exception {
        client.request(0, "GET", "/", true);
        client.expectEnd(PROTOCOL);
    }

    @Test
    void resetsAStreamThatIsUsedOnceMore() throws Exception {
        client.expectAnswer(1);
        client.get(1, "/");
        client.expectReset(1, CLOSED);
        client.expectAnswer(3);
    }

    @Test
    void takesNoStreamThatWasRefusedForOneThatFell() throws Exception {
        client.request(1, "GET", "/", true, "UPPER", "case");
        client.expectReset(1, PROTOCOL);
        client.expectAnswer(3);
        client.data(1, true);
        client.expectReset(1, CLOSED);
        client.expectAnswer(5);
    }
}
