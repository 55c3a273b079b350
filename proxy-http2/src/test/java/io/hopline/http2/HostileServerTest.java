package io.hopline.http2;

import static io.hopline.testkit.stream.StreamPeer.Fault.FLOOD;
import static io.hopline.testkit.stream.StreamPeer.Fault.FLOW_CONTROL;
import static io.hopline.testkit.stream.StreamPeer.Fault.PROTOCOL;
import static io.netty.handler.codec.http2.Http2Error.ENHANCE_YOUR_CALM;
import static io.netty.handler.codec.http2.Http2Error.PROTOCOL_ERROR;
import static org.assertj.core.api.Assertions.assertThat;

import io.hopline.api.DialException.Reason;
import io.hopline.api.Hop;
import io.hopline.api.HostPort;
import io.hopline.http2.session.SessionSettings;
import io.hopline.testkit.Wire;
import io.hopline.testkit.stream.Barrage;
import io.hopline.testkit.stream.HostileServerContract;
import io.netty.channel.Channel;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.util.concurrent.Future;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Servers that play by no rules of HTTP/2 (RFC 9113 section 10.5). */
class HostileServerTest extends HostileServerContract<Peer> {

    private static final int PUSH_PROMISE = 5;
    private static final int MAX_STREAMS = 3;
    private static final int MAX_HEADER_LIST = 6;

    @Override
    protected Hop hop(HostPort at, Duration stall) {
        Http2Hop made = Http2Hop.to(at);
        SessionSettings settings =
                new SessionSettings(WINDOW, 1 << 20, 8 << 20, 100, 1_000, MOST_HEADERS, LONG, LONG, LONG, stall, LONG);
        return new Http2Hop(made.at(), made.auth(), Duration.ofSeconds(2), settings);
    }

    @Override
    protected Peer server(Wire wire) throws Exception {
        return Peer.server(wire);
    }

    @Test
    void endsTheSessionForAFloodOfFramesThatNobodyKnows() throws Exception {
        Barrage.of(i -> peer.unknown(1));
        expectEnd(FLOOD);
    }

    @Test
    void endsTheSessionForAFloodOfContinuations() throws Exception {
        peer.send(Peer.HEADERS, Peer.END_STREAM, id, peer.block(id, "x-sum", "1"));
        Barrage.of(i -> peer.send(Peer.CONTINUATION, 0, id));
        expectEnd(FLOOD);
    }

    @Test
    void endsTheSessionForAHeaderSectionWithoutEnd() throws Exception {
        byte[] field = peer.block(id, "x-field", "x".repeat(8_000));
        peer.send(Peer.HEADERS, Peer.END_STREAM, id, field);
        Barrage.of(i -> peer.send(Peer.CONTINUATION, 0, id, field));
        assertThat(Http2Error.valueOf(peer.next(Peer.GOAWAY).code())).isIn(ENHANCE_YOUR_CALM, PROTOCOL_ERROR);
        expectAnotherSession();
    }

    /** It may be what another server has said to one of the clients, and the session is that of them all. */
    @ParameterizedTest
    @ValueSource(ints = {2, 4, 60})
    void resetsAStreamWithTooLargeAHead(int parts) throws Exception {
        Future<Channel> dialed = dial();
        int at = peer.next(Peer.HEADERS).id();
        peer.send(Peer.HEADERS, 0, at, peer.block(at, ":status", "200"));
        for (int i = 1; i <= parts; i++) {
            byte[] field = peer.block(at, "x-large", "x".repeat(MOST_HEADERS));
            peer.send(Peer.CONTINUATION, i == parts ? Peer.END_HEADERS : 0, at, field);
        }
        peer.expectReset(at, PROTOCOL);
        assertThat(failure(dialed).reason()).isEqualTo(Reason.PROTOCOL);
        expectTunnelOn(peer);
    }

    @Test
    void endsTheSessionForSettingsThatTakeAWindowTooFar() throws Exception {
        peer.credit(id, Integer.MAX_VALUE - 65_535);
        peer.initialWindow(65_536);
        expectEnd(FLOW_CONTROL);
    }

    @Test
    void endsTheSessionForAStreamThatNobodyAskedFor() throws Exception {
        peer.headers(2, false, ":status", "200");
        expectEnd(PROTOCOL);
    }

    @Test
    void endsTheSessionForAnAnswerThatNobodyAskedFor() throws Exception {
        peer.headers(99, false, ":status", "200");
        expectEnd(PROTOCOL);
    }

    @Test
    void endsTheSessionForAPush() throws Exception {
        peer.send(Peer.SETTINGS, Peer.ACK, 0); // what the hop has said of pushes counts from now on
        byte[] block = peer.block(2, ":method", "GET", ":scheme", "http", ":authority", "a", ":path", "/");
        byte[] promise = new byte[4 + block.length];
        promise[3] = 2;
        System.arraycopy(block, 0, promise, 4, block.length);
        peer.send(PUSH_PROMISE, Peer.END_HEADERS, id, promise);
        expectEnd(PROTOCOL);
    }

    @Test
    void takesThousandsOfSettingsInAFrame() throws Exception {
        int[] settings = new int[2 * 2_700];
        for (int i = 0; i < settings.length; i += 2) {
            settings[i] = 0x1000 + i;
        }
        peer.settings(settings);
        expectTunnelOn(peer);
    }

    /** Otherwise a session would be opened after the other, each to be told the same. */
    @Test
    void asksNoFurtherWhereNoStreamsAreTaken() throws Exception {
        outbound = outbound(LONG);
        Future<Channel> dialed = dial();
        LOOPS.closing(Peer.server(server.accept(), MAX_STREAMS, 0));
        assertThat(failure(dialed).reason()).isEqualTo(Reason.REFUSED);
    }

    @Test
    void failsARequestWhoseHeadTheServerDoesNotTake() throws Exception {
        outbound = outbound(LONG);
        Future<Channel> dialed = dial();
        LOOPS.closing(Peer.server(server.accept(), MAX_HEADER_LIST, 1));
        assertThat(failure(dialed).reason()).isEqualTo(Reason.PROTOCOL);
    }

    /** Interim heads are taken without credit. */
    @Test
    void resetsAStreamWithInterimHeadsWithoutEnd() throws Exception {
        Future<Channel> dialed = dial();
        int at = peer.next(Peer.HEADERS).id();
        for (int i = 0; i < 100; i++) {
            peer.headers(at, false, ":status", "103", "link", "x");
        }
        peer.expectReset(at, FLOOD);
        assertThat(failure(dialed).reason()).isEqualTo(Reason.PROTOCOL);
        expectTunnelOn(peer);
    }
}
