package io.hopline.spdy;

import static io.hopline.testkit.stream.StreamPeer.Fault.FLOOD;
import static io.hopline.testkit.stream.StreamPeer.Fault.PROTOCOL;
import static io.hopline.testkit.stream.StreamPeer.Fault.REFUSED;
import static io.netty.handler.codec.spdy.SpdyStreamStatus.FRAME_TOO_LARGE;
import static io.netty.handler.codec.spdy.SpdyStreamStatus.STREAM_IN_USE;
import static org.assertj.core.api.Assertions.assertThat;

import io.hopline.api.Hop;
import io.hopline.api.HostPort;
import io.hopline.spdy.session.SessionSettings;
import io.hopline.testkit.Wire;
import io.hopline.testkit.stream.Barrage;
import io.hopline.testkit.stream.HostileServerContract;
import io.netty.channel.Channel;
import io.netty.handler.codec.spdy.DefaultSpdyHeadersFrame;
import io.netty.handler.codec.spdy.SpdyHeadersFrame;
import io.netty.handler.codec.spdy.SpdySynStreamFrame;
import io.netty.util.concurrent.Future;
import java.nio.ByteBuffer;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Servers that play by no rules of SPDY. */
class HostileServerTest extends HostileServerContract<Peer> {

    @Override
    protected Hop hop(HostPort at, Duration stall) {
        SpdyHop made = SpdyHop.to(at);
        SessionSettings settings = new SessionSettings(100, 1 << 20, 8 << 20, MOST_HEADERS, LONG, LONG, stall, LONG);
        return new SpdyHop(made.at(), made.version(), made.auth(), Duration.ofSeconds(2), settings);
    }

    @Override
    protected Peer server(Wire wire) {
        return Peer.server(wire);
    }

    @Test
    void endsTheSessionForAFloodOfResets() throws Exception {
        Barrage.of(i -> peer.reset(99));
        expectEnd(FLOOD);
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
        peer.expectReset(2, REFUSED);
        expectTunnelOn(peer);
    }

    @Test
    void resetsAStreamThatIsRepliedToTwice() throws Exception {
        peer.reply(1, false, ":status", "200", ":version", "HTTP/1.1");
        peer.expectReset(id, STREAM_IN_USE);
        expectBroken();
    }

    @Test
    void resetsAStreamWithTooLargeAHead() throws Exception {
        peer.send(trailers("x".repeat(17 * 1024), 1));
        peer.expectReset(id, FRAME_TOO_LARGE);
        expectBroken();
    }

    @Test
    void failsADialThatIsSentDataBeforeItsReply() throws Exception {
        Future<Channel> dialed = dial();
        int at = peer.next(SpdySynStreamFrame.class).streamId();
        peer.data(at, false, (byte) 1);
        peer.expectReset(at, PROTOCOL);
        assertThat(failure(dialed)).hasMessageContaining("before its reply");
        expectTunnelOn(peer);
    }

    private static SpdyHeadersFrame trailers(String value, int times) {
        SpdyHeadersFrame trailers = new DefaultSpdyHeadersFrame(1, false);
        for (int i = 0; i < times; i++) {
            trailers.headers().add("x-" + i, value);
        }
        return trailers;
    }

    private void expectBroken() throws Exception {
        assertThat(hearing.next()).startsWith("broken");
        expectTunnelOn(peer);
    }

    /** They are skipped as they come, and cost what they carry. */
    @Test
    void dropsFramesThatNobodyKnows() throws Exception {
        Barrage.of(i -> peer.unknown(1));
        peer.unknown((1 << 24) - 1);
        expectTunnelOn(peer);
    }
}
