package io.hopline.spdy;

import static org.assertj.core.api.Assertions.assertThat;

import io.hopline.spdy.session.Version;
import io.netty.handler.codec.spdy.DefaultSpdyHeadersFrame;
import io.netty.handler.codec.spdy.DefaultSpdyPingFrame;
import io.netty.handler.codec.spdy.SpdyHeadersFrame;
import io.netty.handler.codec.spdy.SpdyStreamStatus;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a session does with what its peer must not do; other sessions never notice. */
class HostileClientTest extends SpdyServerTestBase {

    private static final int PROTOCOL_ERROR = 1;
    private static final int FLOW_CONTROL_ERROR = 7;

    @AfterEach
    void servesOthers() throws Exception {
        serve(Version.V3_1, SETTINGS).expectAnswer(1);
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
    void endsTheSessionForAStreamOfTheServersSide() throws Exception {
        client.get(2, "/");
        client.expectGoAway(PROTOCOL_ERROR);
    }

    @Test
    void endsTheSessionForAnIdThatFalls() throws Exception {
        client.expectAnswer(5);
        client.get(3, "/");
        client.expectGoAway(PROTOCOL_ERROR);
    }

    @Test
    void endsTheSessionForAnIdUsedTwice() throws Exception {
        client.request(1, "POST", "/", false);
        client.get(1, "/");
        client.expectGoAway(PROTOCOL_ERROR);
    }

    @Test
    void refusesStreamsBeyondTheLimit() throws Exception {
        for (int i = 0; i < MOST_STREAMS; i++) {
            client.request(1 + 2 * i, "POST", "/", false);
        }
        client.get(1 + 2 * MOST_STREAMS, "/");
        client.expectReset(1 + 2 * MOST_STREAMS, SpdyStreamStatus.REFUSED_STREAM);
        client.data(1, true);
        client.expectReply(1, "200");
        client.body(1);
        client.expectAnswer(3 + 2 * MOST_STREAMS);
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
    void resetsAStreamThatGoesOnBehindFin() throws Exception {
        client.initialWindow(0);
        client.get(1, "/bytes/10");
        client.expectReply(1, "200");
        client.data(1, false, (byte) 1);
        client.expectReset(1, SpdyStreamStatus.STREAM_ALREADY_CLOSED);
        client.initialWindow(64 * 1024);
        client.expectAnswer(3);
    }

    @Test
    void resetsAReplyFromTheClient() throws Exception {
        client.request(1, "POST", "/", false);
        client.reply(1, false, ":status", "200");
        client.expectReset(1, SpdyStreamStatus.STREAM_IN_USE);
    }

    @Test
    void resetsAStreamThatSendsMoreThanItsWindow() throws Exception {
        client.request(1, "POST", "/stuck", false);
        client.data(1, false, new byte[64 * 1024]);
        client.data(1, false, (byte) 1);
        client.expectReset(1, SpdyStreamStatus.FLOW_CONTROL_ERROR);
        client.expectAnswer(3);
    }

    @Test
    void resetsAStreamWhoseWindowGrowsTooLarge() throws Exception {
        client.request(1, "POST", "/", false);
        client.credit(1, Integer.MAX_VALUE);
        client.expectReset(1, SpdyStreamStatus.FLOW_CONTROL_ERROR);
        client.expectAnswer(3);
    }

    @Test
    void endsASessionWhoseWindowGrowsTooLarge() throws Exception {
        client.credit(0, Integer.MAX_VALUE);
        client.expectGoAway(FLOW_CONTROL_ERROR);
    }

    @Test
    void endsASessionThatSetsWindowsTooLarge() throws Exception {
        client.initialWindow(-1);
        client.expectGoAway(PROTOCOL_ERROR);
    }

    @Test
    void endsASessionThatOpensAndResetsRapidly() throws Exception {
        flood(i -> {
            client.get(1 + 2 * i, "/stuck");
            client.reset(1 + 2 * i);
        });
    }

    @Test
    void endsASessionThatFloodsWithPings() throws Exception {
        flood(i -> client.send(new DefaultSpdyPingFrame(1 + 2 * i)));
    }

    @Test
    void endsASessionThatFloodsWithSettings() throws Exception {
        flood(i -> client.initialWindow(64 * 1024));
    }

    @Test
    void endsASessionThatFloodsWithEmptyData() throws Exception {
        client.request(1, "POST", "/", false);
        flood(i -> client.data(1, false));
    }

    @Test
    void endsASessionThatFloodsWithStreamsBeyondTheLimit() throws Exception {
        flood(i -> client.request(1 + 2 * i, "POST", "/", false));
    }

    @Test
    void endsASessionWith262144Settings() throws Exception {
        int count = 262_144;
        ByteBuffer frame = ByteBuffer.allocate(12 + 8 * 1000);
        frame.putInt(0x80030004).putInt((4 + 8 * count) & 0xFFFFFF).putInt(count);
        client.wire().write(frame.array());
        client.expectGoAway(PROTOCOL_ERROR);
    }

    @Test
    void resetsAStreamWithTooLargeAHead() throws Exception {
        client.request(1, "GET", "/", true, "x-large", "x".repeat(17 * 1024));
        client.expectReset(1, SpdyStreamStatus.FRAME_TOO_LARGE);
        client.expectAnswer(3);
    }

    @Test
    void endsASessionThatSendsAZlibBomb() throws Exception {
        String[] fields = new String[2 * 12];
        for (int i = 0; i < fields.length; i += 2) {
            fields[i] = "x-" + i;
            fields[i + 1] = "x".repeat(60_000);
        }
        client.request(1, "GET", "/", true, fields);
        client.expectGoAway(PROTOCOL_ERROR);
    }

    @Test
    void endsASessionWhoseHeaderBlockIsNotCompressed() throws Exception {
        byte[] frame = new byte[8 + 10 + 40];
        ByteBuffer.wrap(frame).putInt(0x80030001).putInt(50).putInt(1);
        client.wire().write(frame);
        client.expectGoAway(PROTOCOL_ERROR);
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

    private interface Step {
        void send(int i) throws IOException;
    }

    /** Sends until the session ends, which must be before the flood is. */
    private void flood(Step step) throws IOException {
        try {
            for (int i = 0; i < 5_000; i++) {
                step.send(i);
            }
        } catch (IOException closed) {
            // As it should be; what was said may be lost with it.
            client.wire().readToEnd();
            return;
        }
        client.expectGoAway(PROTOCOL_ERROR);
    }
}
