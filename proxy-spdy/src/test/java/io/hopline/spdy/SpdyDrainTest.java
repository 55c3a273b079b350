package io.hopline.spdy;

import static org.assertj.core.api.Assertions.assertThat;

import io.hopline.api.Drain;
import io.hopline.api.Inbound;
import io.hopline.spdy.session.Version;
import io.hopline.testkit.TestListener;
import io.hopline.testkit.Wire;
import io.netty.channel.Channel;
import io.netty.handler.codec.spdy.SpdyGoAwayFrame;
import io.netty.handler.codec.spdy.SpdyStreamStatus;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.Test;

/** What a session does when the server is asked to close. */
class SpdyDrainTest extends SpdyServerTestBase {

    private final BlockingQueue<Channel> accepted = new LinkedBlockingQueue<>();

    @Test
    void anIdleSessionEndsAtOnce() throws Exception {
        Peer idle = connected();
        idle.settle();
        drain();
        idle.expectGoAway(0);
    }

    @Test
    void streamsUnderWayFinishAndNewOnesAreRefused() throws Exception {
        Peer busy = connected();
        busy.request(1, "POST", "/", false);
        busy.settle();
        drain();
        assertThat(busy.next(SpdyGoAwayFrame.class).lastGoodStreamId()).isEqualTo(1);
        busy.get(3, "/");
        busy.expectReset(3, SpdyStreamStatus.REFUSED_STREAM);
        busy.data(1, true, (byte) 'x');
        busy.expectReply(1, "200");
        assertThat(busy.body(1)).endsWith("1");
        busy.wire().readToEnd();
    }

    private Peer connected() throws Exception {
        Inbound spdy = new SpdyInbound(Version.V3_1, SETTINGS, answers);
        Inbound kept = (channel, session) -> {
            spdy.accept(channel, session);
            accepted.add(channel);
        };
        TestListener listener = LOOPS.closing(TestListener.bind(LOOPS, kept, observer));
        return LOOPS.closing(Peer.client(Wire.connect(listener.address())));
    }

    private void drain() throws InterruptedException {
        accepted.take().pipeline().fireUserEventTriggered(Drain.INSTANCE);
    }
}
