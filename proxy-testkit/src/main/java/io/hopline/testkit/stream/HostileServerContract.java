package io.hopline.testkit.stream;

import static io.hopline.testkit.stream.StreamPeer.Fault.CANCEL;
import static io.hopline.testkit.stream.StreamPeer.Fault.CLOSED;
import static io.hopline.testkit.stream.StreamPeer.Fault.FLOOD;
import static io.hopline.testkit.stream.StreamPeer.Fault.FLOW_CONTROL;
import static io.hopline.testkit.stream.StreamPeer.Fault.FRAME_SIZE;
import static org.assertj.core.api.Assertions.assertThat;

import io.hopline.testkit.Hearing;
import io.hopline.testkit.Loops;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.util.concurrent.Future;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * What every hop whose tunnels are streams does with servers that play by no rules: the session ends with the right code and its
 * tunnels break, the next dial finds another session, and no more is held than the windows let in.
 */
@Timeout(30)
public abstract class HostileServerContract<P extends StreamPeer> extends StreamHopUnderTest<P> {

    @Test
    void endsTheSessionForAFloodOfSettings() throws Exception {
        Barrage.of(i -> peer.initialWindow(WINDOW));
        expectEnd(FLOOD);
    }

    @Test
    void endsTheSessionForAFloodOfPings() throws Exception {
        Barrage.of(i -> peer.ping());
        expectEnd(FLOOD);
    }

    @Test
    void endsTheSessionForAFloodOfEmptyData() throws Exception {
        Barrage.of(i -> peer.data(id, false));
        expectEnd(FLOOD);
    }

    @Test
    void endsTheSessionForSettingsWithoutEnd() throws Exception {
        peer.mostSettings();
        expectEnd(FRAME_SIZE);
    }

    @Test
    void endsTheSessionWhoseWindowGrowsTooLarge() throws Exception {
        peer.credit(0, Integer.MAX_VALUE);
        expectEnd(FLOW_CONTROL);
    }

    @Test
    void resetsAStreamWhoseWindowGrowsTooLarge() throws Exception {
        peer.credit(id, Integer.MAX_VALUE);
        expectReset(FLOW_CONTROL);
    }

    @Test
    void takesNoMoreThanAStreamsWindow() throws Exception {
        Future<Channel> dialed = dial();
        int at = peer.grant();
        Hearing.unread(dialed);
        for (int sent = 0; sent <= WINDOW; sent += FRAME) {
            peer.data(at, false, new byte[FRAME]);
        }
        peer.expectReset(at, FLOW_CONTROL);
        expectTunnelOn(peer);
    }

    @Test
    void resetsAStreamThatGoesOnBehindItsEnd() throws Exception {
        peer.data(id, true);
        peer.data(id, false, (byte) 1);
        peer.expectReset(id, CLOSED);
        expectTunnelOn(peer);
    }

    @Test
    void aResetIsNoCleanEnd() throws Exception {
        peer.reset(id);
        assertThat(hearing.next()).startsWith("broken");
        expectTunnelOn(peer);
    }

    /** Each is an answer to what was asked: one client that asks for it must not end the session of all others. */
    @Test
    void takesAResetOfEveryStreamThatIsUnderWay() throws Exception {
        for (int i = 0; i < 1_100; i++) {
            Future<Channel> dialed = dial();
            int at = peer.grant();
            Channel other = Hearing.unread(dialed);
            peer.reset(at);
            Loops.get(other.closeFuture());
        }
        expectTunnelOn(peer);
    }

    @Test
    void aLostConnectionIsNoCleanEnd() throws Exception {
        peer.wire().endOutput();
        expectAnotherSession();
    }

    @Test
    void resetsAStreamWhoseServerTakesNothing() throws Exception {
        outbound = outbound(Duration.ofMillis(100));
        Future<Channel> dialed = dial();
        P stuck = accept();
        stuck.initialWindow(0);
        int at = stuck.grant();
        Hearing other = new Hearing();
        other.to(dialed).writeAndFlush(Unpooled.wrappedBuffer(new byte[10]));
        stuck.expectReset(at, CANCEL);
        assertThat(other.next()).startsWith("broken");
    }

    @Test
    void fiftyStuckReadersHoldUpNobody() throws Exception {
        for (int i = 0; i < STUCK; i++) {
            Future<Channel> dialed = dial();
            int at = peer.grant();
            Hearing.unread(dialed);
            for (int sent = 0; sent < WINDOW; sent += FRAME) {
                peer.data(at, false, new byte[FRAME]);
            }
        }
        expectTunnelOn(peer);
    }
}
