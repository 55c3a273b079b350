package io.hopline.spdy;

import static org.assertj.core.api.Assertions.assertThat;

import io.hopline.api.guard.GuardEvent;
import io.hopline.spdy.session.SessionSettings;
import io.hopline.spdy.session.Version;
import io.netty.handler.codec.spdy.DefaultSpdyGoAwayFrame;
import io.netty.handler.codec.spdy.DefaultSpdyPingFrame;
import io.netty.handler.codec.spdy.SpdyDataFrame;
import io.netty.handler.codec.spdy.SpdyGoAwayFrame;
import io.netty.handler.codec.spdy.SpdyPingFrame;
import io.netty.handler.codec.spdy.SpdySessionStatus;
import io.netty.handler.codec.spdy.SpdySettingsFrame;
import io.netty.handler.codec.spdy.SpdyStreamStatus;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What a session does with what its peer may do. */
class SpdyRulesTest extends SpdyServerTestBase {

    @Test
    void tellsHowManyStreamsItTakes() throws Exception {
        SpdySettingsFrame settings = client.next(SpdySettingsFrame.class);
        assertThat(settings.getValue(SpdySettingsFrame.SETTINGS_MAX_CONCURRENT_STREAMS))
                .isEqualTo(MOST_STREAMS);
    }

    @Test
    void answersPingsOfTheClientsSideAlone() throws Exception {
        client.send(new DefaultSpdyPingFrame(2));
        client.send(new DefaultSpdyPingFrame(7));
        assertThat(client.next(SpdyPingFrame.class).id()).isEqualTo(7);
    }

    @Test
    void sendsNoMoreThanTheStreamsWindow() throws Exception {
        client.initialWindow(10_000);
        client.get(1, "/bytes/25000");
        client.expectReply(1, "200");
        assertThat(receive(10_000)).isFalse();
        client.credit(1, 15_000);
        assertThat(receive(15_000)).isTrue();
    }

    @Test
    void sendsWhatWasHeldOnceSettingsRaiseTheWindow() throws Exception {
        client.initialWindow(0);
        client.get(1, "/bytes/5000");
        client.expectReply(1, "200");
        client.initialWindow(5_000);
        assertThat(client.body(1)).hasSize(5_000);
    }

    @Test
    void owesWhatSettingsTakeAwayFromAWindow() throws Exception {
        client.get(1, "/bytes/100000");
        client.expectReply(1, "200");
        assertThat(receive(65_536)).isFalse();
        client.initialWindow(0);
        client.credit(1, 65_536);
        client.send(new DefaultSpdyPingFrame(1));
        client.next(SpdyPingFrame.class);
        client.credit(0, 100_000);
        client.credit(1, 34_464);
        assertThat(receive(34_464)).isTrue();
    }

    @Test
    void keepsTheSessionsWindowApartFromWhatSettingsChange() throws Exception {
        client.initialWindow(1 << 20);
        client.get(1, "/bytes/100000");
        client.expectReply(1, "200");
        assertThat(receive(65_536)).isFalse();
        client.credit(0, 34_464);
        assertThat(receive(34_464)).isTrue();
    }

    @Test
    void knowsNoWindowOfTheSessionInVersion3() throws Exception {
        Peer old = serve(Version.V3, SETTINGS);
        old.initialWindow(1 << 20);
        old.get(1, "/bytes/300000");
        old.expectReply(1, "200");
        assertThat(old.body(1)).hasSize(300_000);
    }

    @Test
    void endsAStreamBehindAClosedWindow() throws Exception {
        client.initialWindow(0);
        client.get(1, "/bytes/0");
        client.expectReply(1, "200");
        assertThat(client.body(1)).isEmpty();
    }

    @Test
    void letsNobodyWaitForStreamsThatAreNotRead() throws Exception {
        byte[] window = new byte[64 * 1024];
        for (int i = 0; i < 50; i++) {
            client.request(1 + 2 * i, "POST", "/stuck", false);
            client.data(1 + 2 * i, false, window);
        }
        client.request(101, "POST", "/", false);
        for (int i = 0; i < 8; i++) {
            client.data(101, i == 7, new byte[8 * 1024]);
        }
        client.expectReply(101, "200");
        assertThat(client.body(101)).endsWith("65536");
    }

    @Test
    void givesFairTurns() throws Exception {
        client.initialWindow(0);
        client.credit(0, 1 << 20);
        client.get(1, "/bytes/800000");
        client.get(3, "/bytes/20000");
        client.expectReply(1, "200");
        client.expectReply(3, "200");
        client.initialWindow(1 << 20);
        int ofOther = 0;
        boolean done = false;
        while (!done) {
            Object frame = client.next();
            if (frame instanceof SpdyDataFrame data) {
                ofOther += data.streamId() == 1 ? data.content().readableBytes() : 0;
                done = data.streamId() == 3 && data.isLast();
                data.release();
            }
        }
        assertThat(ofOther).isLessThan(800_000);
    }

    @Test
    void takesAResetBehindFinForACancelledRequest() throws Exception {
        client.initialWindow(0);
        client.get(1, "/bytes/1000");
        client.expectReply(1, "200");
        client.reset(1);
        client.initialWindow(64 * 1024);
        client.expectAnswer(3);
    }

    @Test
    void neverAnswersAResetByAReset() throws Exception {
        client.reset(1);
        client.get(1, "/");
        client.reset(1);
        client.reset(1);
        client.send(new DefaultSpdyPingFrame(1));
        Object frame = client.next();
        while (!(frame instanceof SpdyPingFrame)) {
            assertThat(frame).isNotInstanceOf(io.netty.handler.codec.spdy.SpdyRstStreamFrame.class);
            io.netty.util.ReferenceCountUtil.release(frame);
            frame = client.next();
        }
    }

    @Test
    void finishesItsStreamsWhenTheClientGoesAway() throws Exception {
        client.initialWindow(0);
        client.get(1, "/bytes/1000");
        client.expectReply(1, "200");
        client.send(new DefaultSpdyGoAwayFrame(0, SpdySessionStatus.OK));
        client.initialWindow(1_000);
        assertThat(client.body(1)).hasSize(1_000);
        assertThat(client.next(SpdyGoAwayFrame.class).lastGoodStreamId()).isEqualTo(1);
        assertThat(client.wire().readToEnd()).isEmpty();
    }

    @Test
    void closesIdleSessions() throws Exception {
        Peer idle = serve(Version.V3_1, with(Duration.ofMillis(100), LONG, LONG));
        idle.expectGoAway(0);
    }

    @Test
    void asksASilentClientAndGivesADeadOneUp() throws Exception {
        Peer silent = serve(Version.V3_1, with(LONG, Duration.ofMillis(200), LONG));
        assertThat(silent.next(SpdyPingFrame.class).id() % 2).isZero();
        silent.expectGoAway(0);
        assertThat(observer.takeServed().outcome()).contains("PING");
    }

    @Test
    void resetsAStreamWhoseDataNobodyTakes() throws Exception {
        Peer stalled = serve(Version.V3_1, with(LONG, LONG, Duration.ofMillis(200)));
        stalled.initialWindow(0);
        stalled.get(1, "/bytes/1000");
        stalled.expectReply(1, "200");
        stalled.expectReset(1, SpdyStreamStatus.CANCEL);
        stalled.initialWindow(64 * 1024);
        stalled.expectAnswer(3);
    }

    @Test
    void countsAHeadThatIsTooLarge() throws Exception {
        client.request(1, "GET", "/", true, "x-large", "x".repeat(17 * 1024));
        client.expectReset(1, SpdyStreamStatus.FRAME_TOO_LARGE);
        assertThat(guard.counts().of(GuardEvent.HEAD_TOO_LARGE)).isEqualTo(1);
    }

    /** Receives exactly that much data; tells whether it ended the stream. */
    private boolean receive(int bytes) throws Exception {
        int got = 0;
        boolean last = false;
        while (got < bytes) {
            SpdyDataFrame data = client.next(SpdyDataFrame.class);
            got += data.content().readableBytes();
            last = data.isLast();
            data.release();
        }
        assertThat(got).isEqualTo(bytes);
        if (!last) {
            client.send(new DefaultSpdyPingFrame(99));
            Object next = client.next();
            if (next instanceof SpdyDataFrame end) {
                assertThat(end.content().isReadable()).isFalse();
                end.release();
                client.next(SpdyPingFrame.class);
                return end.isLast();
            }
            assertThat(next).isInstanceOf(SpdyPingFrame.class);
        }
        return last;
    }

    private static SessionSettings with(Duration idle, Duration keepAlive, Duration stall) {
        return new SessionSettings(MOST_STREAMS, 1 << 20, 4 << 20, 16 * 1024, idle, keepAlive, stall, LONG);
    }
}
