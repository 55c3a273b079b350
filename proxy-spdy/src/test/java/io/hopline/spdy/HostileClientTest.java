package io.hopline.spdy;

import static io.hopline.testkit.stream.StreamPeer.Fault.FLOOD;
import static io.hopline.testkit.stream.StreamPeer.Fault.PROTOCOL;
import static org.assertj.core.api.Assertions.assertThat;

import io.hopline.api.HttpInbound;
import io.hopline.api.Inbound;
import io.hopline.spdy.session.SessionSettings;
import io.hopline.spdy.session.Version;
import io.hopline.testkit.Wire;
import io.hopline.testkit.stream.Barrage;
import io.hopline.testkit.stream.HostileClientContract;
import io.netty.handler.codec.spdy.DefaultSpdyHeadersFrame;
import io.netty.handler.codec.spdy.SpdyHeadersFrame;
import io.netty.handler.codec.spdy.SpdyStreamStatus;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** Clients that play by no rules of SPDY. */
class HostileClientTest extends HostileClientContract<Peer> {

    @Override
    protected Inbound inbound(HttpInbound next, Duration idle, Duration stall) {
        return new SpdyInbound(
                Version.V3_1,
                new SessionSettings(MOST_STREAMS, 1 << 20, 4 << 20, MOST_HEADERS, idle, LONG, stall, LONG),
                next);
    }

    @Override
    protected Peer client(Wire wire) {
        return Peer.client(wire);
    }

    @Test
    void turnsVersion2AwayInItsOwnWords() throws Exception {
        client.wire().write(new byte[] {(byte) 0x80, 2, 0, 1, 1, 0, 0, 10, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0});
        byte[] all = client.wire().readToEnd();
        byte[] goAway = Arrays.copyOfRange(all, all.length - 12, all.length);
        assertThat(goAway).containsExactly(0x80, 2, 0, 7, 0, 0, 0, 4, 0, 0, 0, 0);
        assertThat(observer.takeServed().outcome()).contains("SPDY/2", "3.1");
    }

    @Test
    void endsASessionThatIsNoSpdy() throws Exception {
        client.wire().write("GET / HTTP/1.1\r\nHost: x\r\n\r\n" + "x".repeat(1 << 16));
        client.wire().readToEnd();
        observer.takeServed();
    }

    @Test
    void endsTheSessionForAnIdUsedTwice() throws Exception {
        client.request(1, "POST", "/", false);
        client.get(1, "/");
        client.expectEnd(PROTOCOL);
    }

    @Test
    void resetsDataForAStreamThatNeverWas() throws Exception {
        client.expectAnswer(1);
        client.data(7, false, (byte) 1);
        client.expectReset(7, SpdyStreamStatus.INVALID_STREAM);
        client.data(8, false, (byte) 1);
        client.expectReset(8, SpdyStreamStatus.INVALID_STREAM);
        client.expectAnswer(9);
    }

    @Test
    void takesDataForAStreamThatIsOver() throws Exception {
        client.request(1, "POST", "/", false);
        client.reset(1);
        client.data(1, false, (byte) 1);
        client.expectAnswer(3);
    }

    @Test
    void resetsAReplyFromTheClient() throws Exception {
        client.request(1, "POST", "/", false);
        client.reply(1, false, ":status", "200");
        client.expectReset(1, SpdyStreamStatus.STREAM_IN_USE);
    }

    @Test
    void endsTheSessionThatSetsWindowsTooLarge() throws Exception {
        client.initialWindow(-1);
        client.expectEnd(PROTOCOL);
    }

    @Test
    void endsTheSessionThatFloodsWithStreamsBeyondTheLimit() throws Exception {
        Barrage.of(i -> client.request(1 + 2 * i, "POST", "/", false));
        client.expectEnd(FLOOD);
    }

    @Test
    void resetsAStreamWithTooLargeAHead() throws Exception {
        client.request(1, "GET", "/", true, "x-large", "x".repeat(17 * 1024));
        client.expectReset(1, SpdyStreamStatus.FRAME_TOO_LARGE);
        client.expectAnswer(3);
    }

    @Test
    void endsTheSessionThatSendsAZlibBomb() throws Exception {
        String[] fields = new String[2 * 12];
        for (int i = 0; i < fields.length; i += 2) {
            fields[i] = "x-" + i;
            fields[i + 1] = "x".repeat(60_000);
        }
        client.request(1, "GET", "/", true, fields);
        client.expectEnd(PROTOCOL);
    }

    @Test
    void endsTheSessionWhoseHeaderBlockIsNotCompressed() throws Exception {
        byte[] frame = new byte[8 + 10 + 40];
        ByteBuffer.wrap(frame).putInt(0x80030001).putInt(50).putInt(1);
        client.wire().write(frame);
        client.expectEnd(PROTOCOL);
    }

    @Test
    void resetsAStreamWithMoreHeaderBlocksThanTrailersNeed() throws Exception {
        client.request(1, "POST", "/stuck", false);
        for (int i = 0; i < 10; i++) {
            SpdyHeadersFrame trailers = new DefaultSpdyHeadersFrame(1, false);
            trailers.headers().add("x-more", "1");
            client.send(trailers);
        }
        client.expectReset(1, SpdyStreamStatus.PROTOCOL_ERROR);
        client.expectAnswer(3);
    }

    /** They are skipped as they come, and cost what they carry. */
    @Test
    void dropsFramesThatNobodyKnows() throws Exception {
        Barrage.of(i -> client.unknown(1));
        client.unknown((1 << 24) - 1);
        client.expectAnswer(1);
    }
}
