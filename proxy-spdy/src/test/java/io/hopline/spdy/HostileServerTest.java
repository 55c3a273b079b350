package io.hopline.spdy;

import static io.netty.handler.codec.spdy.SpdyStreamStatus.CANCEL;
import static io.netty.handler.codec.spdy.SpdyStreamStatus.FLOW_CONTROL_ERROR;
import static io.netty.handler.codec.spdy.SpdyStreamStatus.FRAME_TOO_LARGE;
import static io.netty.handler.codec.spdy.SpdyStreamStatus.PROTOCOL_ERROR;
import static io.netty.handler.codec.spdy.SpdyStreamStatus.REFUSED_STREAM;
import static io.netty.handler.codec.spdy.SpdyStreamStatus.STREAM_ALREADY_CLOSED;
import static io.netty.handler.codec.spdy.SpdyStreamStatus.STREAM_IN_USE;
import static org.assertj.core.api.Assertions.assertThat;

import io.hopline.spdy.session.SessionSettings;
import io.hopline.testkit.Hearing;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.handler.codec.spdy.DefaultSpdyHeadersFrame;
import io.netty.handler.codec.spdy.DefaultSpdyPingFrame;
import io.netty.handler.codec.spdy.SpdyHeadersFrame;
import io.netty.handler.codec.spdy.SpdyStreamStatus;
import io.netty.handler.codec.spdy.SpdySynStreamFrame;
import io.netty.util.concurrent.Future;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Servers that play by no rules: the session ends with the right code, its tunnels break, and the next dial finds another session. */
class HostileServerTest extends SpdyHopTestBase {

    private static final int PROTOCOL = 1;
    private static final int FLOW_CONTROL = 7;
    private static final int WINDOW = 64 * 1024;

    private final Hearing hearing = new Hearing();
    private Peer peer;

    @BeforeEach
    void open() throws Exception {
        Future<Channel> dialed = dial();
        peer = accept();
        grant(peer);
        hearing.to(dialed);
    }

    @Test
    void endsTheSessionForAFloodOfPings() throws Exception {
        flood(() -> peer.send(new DefaultSpdyPingFrame(2)));
        expectEnd(PROTOCOL);
    }

    @Test
    void endsTheSessionForAFloodOfSettings() throws Exception {
        flood(() -> peer.initialWindow(WINDOW));
        expectEnd(PROTOCOL);
    }

    @Test
    void endsTheSessionForAFloodOfEmptyData() throws Exception {
        flood(() -> peer.data(1, false));
        expectEnd(PROTOCOL);
    }

    @Test
    void endsTheSessionForAFloodOfResets() throws Exception {
        flood(() -> peer.reset(99));
        expectEnd(PROTOCOL);
    }

    @Test
    void endsTheSessionFor262144Settings() throws Exception {
        int count = 262_144;
        ByteBuffer frame = ByteBuffer.allocate(12 + 8 * 1000);
        frame.putInt(0x80030004).putInt((4 + 8 * count) & 0xFFFFFF).putInt(count);
        peer.wire().write(frame.array());
        expectEnd(PROTOCOL);
    }

    @Test
    void endsTheSessionForAZlibBomb() throws Exception {
        peer.send(trailers("x".repeat(60_000), 12));
        expectEnd(PROTOCOL);
    }

    @Test
    void endsTheSessionForAHeaderBlockThatIsNotCompressed() throws Exception {
        byte[] frame = new byte[8 + 4 + 40];
        ByteBuffer.wrap(frame).putInt(0x80030008).putInt(44).putInt(1);
        peer.wire().write(frame);
        expectEnd(PROTOCOL);
    }

    @Test
    void endsTheSessionWhoseWindowGrowsTooLarge() throws Exception {
        peer.credit(0, Integer.MAX_VALUE);
        expectEnd(FLOW_CONTROL);
    }

    @Test
    void endsTheSessionThatSetsWindowsTooLarge() throws Exception {
        peer.initialWindow(-1);
        expectEnd(PROTOCOL);
    }

    @Test
    void endsTheSessionForAStreamOfOurSide() throws Exception {
        peer.syn(3, false, ":status", "200");
        expectEnd(PROTOCOL);
    }

    @Test
    void refusesAPush() throws Exception {
        peer.syn(2, false, ":status", "200");
        peer.expectReset(2, REFUSED_STREAM);
        expectTunnelOn(peer);
    }

    @Test
    void resetsAStreamWhoseWindowGrowsTooLarge() throws Exception {
        peer.credit(1, Integer.MAX_VALUE);
        expectReset(FLOW_CONTROL_ERROR);
    }

    @Test
    void takesNoMoreThanAStreamsWindow() throws Exception {
        Future<Channel> dialed = dial();
        int id = peer.next(SpdySynStreamFrame.class).streamId();
        peer.reply(id, false, ":status", "200", ":version", "HTTP/1.1");
        Hearing.unread(dialed);
        peer.data(id, false, new byte[WINDOW]);
        peer.data(id, false, (byte) 1);
        peer.expectReset(id, FLOW_CONTROL_ERROR);
        expectTunnelOn(peer);
    }

    @Test
    void resetsAStreamThatIsRepliedToTwice() throws Exception {
        peer.reply(1, false, ":status", "200", ":version", "HTTP/1.1");
        expectReset(STREAM_IN_USE);
    }

    @Test
    void resetsAStreamWithTooLargeAHead() throws Exception {
        peer.send(trailers("x".repeat(17 * 1024), 1));
        expectReset(FRAME_TOO_LARGE);
    }

    @Test
    void refusesDataBehindTheEnd() throws Exception {
        peer.data(1, true);
        peer.data(1, false, (byte) 1);
        peer.expectReset(1, STREAM_ALREADY_CLOSED);
        expectTunnelOn(peer);
    }

    @Test
    void failsADialThatIsSentDataBeforeItsReply() throws Exception {
        Future<Channel> dialed = dial();
        int id = peer.next(SpdySynStreamFrame.class).streamId();
        peer.data(id, false, (byte) 1);
        peer.expectReset(id, PROTOCOL_ERROR);
        assertThat(failure(dialed)).hasMessageContaining("before its reply");
        expectTunnelOn(peer);
    }

    @Test
    void aResetIsNoCleanEnd() throws Exception {
        peer.reset(1);
        assertThat(hearing.next()).startsWith("broken");
        expectTunnelOn(peer);
    }

    @Test
    void resetsAStreamWhoseServerTakesNothing() throws Exception {
        SessionSettings impatient =
                new SessionSettings(100, 1 << 20, 8 << 20, 16 * 1024, LONG, LONG, Duration.ofMillis(100));
        outbound = over(new SpdyHop(hop.at(), hop.version(), hop.auth(), hop.timeout(), impatient));
        Future<Channel> dialed = dial();
        Peer stuck = accept();
        stuck.initialWindow(0);
        grant(stuck);
        Hearing other = new Hearing();
        other.to(dialed).writeAndFlush(Unpooled.wrappedBuffer(new byte[10]));
        stuck.expectReset(1, CANCEL);
        assertThat(other.next()).startsWith("broken");
    }

    @Test
    void fiftyStuckReadersHoldUpNobody() throws Exception {
        for (int i = 0; i < 50; i++) {
            Future<Channel> dialed = dial();
            int id = peer.next(SpdySynStreamFrame.class).streamId();
            peer.reply(id, false, ":status", "200", ":version", "HTTP/1.1");
            Hearing.unread(dialed);
            peer.data(id, false, new byte[WINDOW]);
        }
        expectTunnelOn(peer);
    }

    private static SpdyHeadersFrame trailers(String value, int times) {
        SpdyHeadersFrame trailers = new DefaultSpdyHeadersFrame(1, false);
        for (int i = 0; i < times; i++) {
            trailers.headers().add("x-" + i, value);
        }
        return trailers;
    }

    private void expectEnd(int code) throws Exception {
        peer.expectGoAway(code);
        assertThat(hearing.next()).startsWith("broken");
        Future<Channel> again = dial();
        Peer other = accept();
        grant(other);
        Hearing.unread(again);
        expectTunnelOn(other);
    }

    private void expectReset(SpdyStreamStatus code) throws Exception {
        peer.expectReset(1, code);
        assertThat(hearing.next()).startsWith("broken");
        expectTunnelOn(peer);
    }

    /** The session of that server still takes tunnels that work. */
    private void expectTunnelOn(Peer on) throws Exception {
        Hearing other = new Hearing();
        Future<Channel> dialed = dial();
        int id = on.next(SpdySynStreamFrame.class).streamId();
        on.reply(id, false, ":status", "200", ":version", "HTTP/1.1");
        other.to(dialed);
        on.data(id, false, (byte) 'x');
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
