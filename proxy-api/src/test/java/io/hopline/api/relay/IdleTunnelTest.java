package io.hopline.api.relay;

import static org.assertj.core.api.Assertions.assertThat;

import io.hopline.api.Abort;
import io.hopline.api.guard.GuardEvent;
import io.hopline.api.guard.GuardSettings;
import io.hopline.api.guard.InboundGuard;
import io.hopline.api.guard.Limits;
import io.hopline.api.transport.Leftovers;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** On a clock of the test's own. */
final class IdleTunnelTest {
    private final EmbeddedChannel client = new EmbeddedChannel();
    private final EmbeddedChannel target = new EmbeddedChannel();
    private final List<String> outcomes = new ArrayList<>();
    private final InboundGuard guard = new InboundGuard(
            GuardSettings.DEFAULT.withLimits(Limits.DEFAULT.withIdle(Duration.ofSeconds(10), Duration.ofSeconds(5))));

    @BeforeEach
    void join() {
        client.freezeTime();
        Relay.join(client, target, guard.guard(client), ended -> outcomes.add(ended.outcome()));
    }

    @AfterEach
    void close() {
        client.finishAndReleaseAll();
        target.finishAndReleaseAll();
    }

    @Test
    void isCutWhenNothingMovesForItsTime() {
        pass(9);
        assertThat(outcomes).isEmpty();
        pass(1);
        assertThat(outcomes).containsExactly("nothing moved for 10 s");
        assertThat(guard.counts().of(GuardEvent.TUNNEL_IDLE)).isEqualTo(1);
        assertThat(client.outboundMessages()).containsExactly(Abort.INSTANCE);
        assertThat(target.outboundMessages()).containsExactly(Abort.INSTANCE);
        assertThat(client.runScheduledPendingTasks())
                .as("time to the next timer")
                .isEqualTo(-1);
    }

    @Test
    void staysWhileEitherSideSaysSomething() {
        for (int i = 0; i < 4; i++) {
            pass(8);
            (i % 2 == 0 ? client : target).writeInbound(Unpooled.copyLong(1));
        }
        pass(9);
        assertThat(outcomes).isEmpty();
    }

    @Test
    void isCutSoonerOnceOneSideHasEnded() {
        client.pipeline().fireUserEventTriggered(ChannelInputShutdownEvent.INSTANCE);
        pass(4);
        target.writeInbound(Unpooled.copyLong(1));
        pass(5);
        assertThat(outcomes).isEmpty();
        pass(1);
        assertThat(outcomes).containsExactly("nothing moved for 5 s after one side had ended");
        assertThat(guard.counts().of(GuardEvent.HALF_CLOSED_IDLE)).isEqualTo(1);
    }

    @Test
    void leavesNoTimerBehindIfItBreaksAtItsStart() {
        EmbeddedChannel broken = new EmbeddedChannel();
        EmbeddedChannel other = new EmbeddedChannel();
        broken.freezeTime();
        broken.config().setAutoRead(false);
        broken.pipeline().addLast(Leftovers.gate());
        broken.pipeline().fireExceptionCaught(new IOException("cut short"));
        Relay.join(broken, other, guard.guard(broken), ended -> outcomes.add(ended.outcome()));
        assertThat(outcomes).containsExactly("client: cut short");
        broken.advanceTimeBy(1, TimeUnit.SECONDS);
        assertThat(broken.runScheduledPendingTasks())
                .as("time to the next timer")
                .isEqualTo(-1);
        broken.finishAndReleaseAll();
        other.finishAndReleaseAll();
    }

    @Test
    void leavesNoTimerBehindWhenItIsOver() {
        target.close();
        assertThat(outcomes).containsExactly("target closed the connection");
        pass(1);
        assertThat(client.runScheduledPendingTasks())
                .as("time to the next timer")
                .isEqualTo(-1);
    }

    private void pass(int seconds) {
        for (int i = 0; i < seconds; i++) {
            client.advanceTimeBy(1, TimeUnit.SECONDS);
            client.runScheduledPendingTasks();
        }
    }
}
