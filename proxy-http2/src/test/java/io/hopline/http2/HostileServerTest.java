package io.hopline.http2;

import static io.netty.handler.codec.http2.Http2Error.ENHANCE_YOUR_CALM;
import static io.netty.handler.codec.http2.Http2Error.FLOW_CONTROL_ERROR;
import static io.netty.handler.codec.http2.Http2Error.PROTOCOL_ERROR;
import static io.netty.handler.codec.http2.Http2Error.STREAM_CLOSED;
import static org.assertj.core.api.Assertions.assertThat;

import io.hopline.api.DialException.Reason;
import io.hopline.testkit.Hearing;
import io.hopline.testkit.Loops;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.util.concurrent.Future;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Servers that play by no rules: the session ends with the right code, its tunnels break, and the next dial finds another session. */
class HostileServerTest extends HopTestBase {

    private static final int FRAME = 16 * 1024;
    private static final int PUSH_PROMISE = 5;
    private static final int UNKNOWN = 0x42;
    private static final int MAX_HEADER_LIST = 6;

    private final Hearing hearing = new Hearing();
    private Peer peer;
    private Channel tunnel;
    private int id;

    @BeforeEach
    void open() throws Exception {
        Future<Channel> dialed = dial();
        peer = accept();
        id = grant(peer);
        tunnel = hearing.to(dialed);
    }

    @Test
    void endsTheSessionForAFloodOfSettings() throws Exception {
        flood(() -> peer.send(Peer.SETTINGS, 0, 0));
        expectEnd(ENHANCE_YOUR_CALM);
    }

    @Test
    void endsTheSessionForAFloodOfPings() throws Exception {
        flood(() -> peer.send(Peer.PING, 0, 0, new byte[8]));
        expectEnd(ENHANCE_YOUR_CALM);
    }

    @Test
    void endsTheSessionForAFloodOfFramesThatNobodyKnows() throws Exception {
        flood(() -> peer.send(UNKNOWN, 0, 0));
        expectEnd(ENHANCE_YOUR_CALM);
    }

    @Test
    void endsTheSessionForAFloodOfEmptyData() throws Exception {
        flood(() -> peer.data(id, false));
        expectEnd(ENHANCE_YOUR_CALM);
    }

    @Test
    void endsTheSessionForAFloodOfContinuations() throws Exception {
        peer.send(Peer.HEADERS, Peer.END_STREAM, id, peer.block(id, "x-sum", "1"));
        flood(() -> peer.send(Peer.CONTINUATION, 0, id));
        expectEnd(ENHANCE_YOUR_CALM);
    }

    @Test
    void endsTheSessionForAHeaderSectionWithoutEnd() throws Exception {
        byte[] field = peer.block(id, "x-field", "x".repeat(8_000));
        peer.send(Peer.HEADERS, Peer.END_STREAM, id, field);
        flood(() -> peer.send(Peer.CONTINUATION, 0, id, field));
        expectEnd(ENHANCE_YOUR_CALM, PROTOCOL_ERROR);
    }

    @Test
    void endsTheSessionWhoseWindowGrowsTooLarge() throws Exception {
        peer.number(Peer.WINDOW_UPDATE, 0, Integer.MAX_VALUE);
        expectEnd(FLOW_CONTROL_ERROR);
    }

    @Test
    void endsTheSessionForSettingsThatTakeAWindowTooFar() throws Exception {
        peer.number(Peer.WINDOW_UPDATE, id, Integer.MAX_VALUE - 65_535);
        peer.settings(Peer.INITIAL_WINDOW, 65_536);
        expectEnd(FLOW_CONTROL_ERROR);
    }

    @Test
    void endsTheSessionForAStreamThatNobodyAskedFor() throws Exception {
        peer.headers(2, false, ":status", "200");
        expectEnd(PROTOCOL_ERROR);
    }

    @Test
    void endsTheSessionForAnAnswerThatNobodyAskedFor() throws Exception {
        peer.headers(99, false, ":status", "200");
        expectEnd(PROTOCOL_ERROR);
    }

    @Test
    void endsTheSessionForAPush() throws Exception {
        peer.send(Peer.SETTINGS, Peer.ACK, 0); // what the hop has said of pushes counts from now on
        byte[] block = peer.block(2, ":method", "GET", ":scheme", "http", ":authority", "a", ":path", "/");
        byte[] promise = new byte[4 + block.length];
        promise[3] = 2;
        System.arraycopy(block, 0, promise, 4, block.length);
        peer.send(PUSH_PROMISE, Peer.END_HEADERS, id, promise);
        expectEnd(PROTOCOL_ERROR);
    }

    @Test
    void resetsAStreamWhoseWindowGrowsTooLarge() throws Exception {
        peer.number(Peer.WINDOW_UPDATE, id, Integer.MAX_VALUE);
        expectReset(FLOW_CONTROL_ERROR);
    }

    @Test
    void takesNoMoreThanAStreamsWindow() throws Exception {
        Future<Channel> dialed = dial();
        int at = grant(peer);
        Hearing.unread(dialed);
        for (int sent = 0; sent <= WINDOW; sent += FRAME) {
            peer.data(at, false, new byte[FRAME]);
        }
        peer.expectReset(at, FLOW_CONTROL_ERROR);
        expectTunnelOn(peer);
    }

    @Test
    void refusesDataBehindTheEnd() throws Exception {
        peer.data(id, true);
        peer.data(id, false, (byte) 1);
        peer.expectReset(id, STREAM_CLOSED);
        expectTunnelOn(peer);
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

    @Test
    void aResetIsNoCleanEnd() throws Exception {
        peer.number(Peer.RST_STREAM, id, (int) Http2Error.CANCEL.code());
        assertThat(hearing.next()).startsWith("broken");
        expectTunnelOn(peer);
    }

    @Test
    void resetsAStreamWhoseServerTakesNothing() throws Exception {
        outbound = over(hop(LONG, LONG, Duration.ofMillis(100)));
        Future<Channel> dialed = dial();
        Peer stuck = accept(Peer.INITIAL_WINDOW, 0);
        int at = grant(stuck);
        Hearing other = new Hearing();
        other.to(dialed).writeAndFlush(Unpooled.wrappedBuffer(new byte[10]));
        stuck.expectReset(at, Http2Error.CANCEL);
        assertThat(other.next()).startsWith("broken");
    }

    /** Otherwise a session would be opened after the other, each to be told the same. */
    @Test
    void asksNoFurtherWhereNoStreamsAreTaken() throws Exception {
        outbound = over(hop);
        Future<Channel> dialed = dial();
        accept(MAX_STREAMS, 0);
        assertThat(failure(dialed).reason()).isEqualTo(Reason.REFUSED);
    }

    @Test
    void failsARequestWhoseHeadTheServerDoesNotTake() throws Exception {
        outbound = over(hop);
        Future<Channel> dialed = dial();
        accept(MAX_HEADER_LIST, 1);
        assertThat(failure(dialed).reason()).isEqualTo(Reason.PROTOCOL);
    }

    @Test
    void fiftyStuckReadersHoldUpNobody() throws Exception {
        for (int i = 0; i < 50; i++) {
            Future<Channel> dialed = dial();
            int at = grant(peer);
            Hearing.unread(dialed);
            for (int sent = 0; sent < WINDOW; sent += FRAME) {
                peer.data(at, false, new byte[FRAME]);
            }
        }
        expectTunnelOn(peer);
    }

    private void expectEnd(Http2Error... codes) throws Exception {
        assertThat(Http2Error.valueOf(peer.next(Peer.GOAWAY).code())).isIn((Object[]) codes);
        assertThat(hearing.next()).startsWith("broken");
        Loops.get(tunnel.closeFuture());
        Future<Channel> again = dial();
        Peer other = accept();
        grant(other);
        Hearing.unread(again);
        expectTunnelOn(other);
    }

    private void expectReset(Http2Error code) throws Exception {
        peer.expectReset(id, code);
        assertThat(hearing.next()).startsWith("broken");
        expectTunnelOn(peer);
    }

    /** The session of that server still takes tunnels that work. */
    private void expectTunnelOn(Peer on) throws Exception {
        Hearing other = new Hearing();
        Future<Channel> dialed = dial();
        int at = grant(on);
        other.to(dialed);
        on.data(at, false, (byte) 'x');
        assertThat(other.next()).isEqualTo("x");
    }

    /** Sends until that is enough for anybody, or until the hop has heard enough. */
    private static void flood(Step step) throws Exception {
        try {
            for (int i = 0; i < 2_000; i++) {
                step.run();
            }
        } catch (IOException e) {
            assertThat(e).as("the hop ends the connection").isNotNull();
        }
    }

    private interface Step {
        void run() throws Exception;
    }
}
