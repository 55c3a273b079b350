package io.hopline.api.guard;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.embedded.EmbeddedChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** On a clock of the test's own. */
final class WatchTest {
    private final EmbeddedChannel clock = new EmbeddedChannel();
    private final List<String> seen = new ArrayList<>();
    private final List<String> outcomes = new ArrayList<>();
    private long bytes;
    private long moved;
    private boolean awaited = true;

    @BeforeEach
    void freeze() {
        clock.freezeTime();
    }

    @AfterEach
    void closeClock() {
        clock.close();
    }

    @Test
    void looksAtAllOnceASecondAndAtNoneThatHasLeft() {
        Seen one = new Seen("one", 1);
        Seen two = new Seen("two", 2);
        Seen three = new Seen("three", 3);
        one.start();
        two.start();
        three.start();
        pass(1);
        assertThat(seen).containsExactlyInAnyOrder("one", "two", "three");
        seen.clear();
        pass(1);
        assertThat(seen).containsExactlyInAnyOrder("two", "three");
        seen.clear();
        pass(1);
        assertThat(seen).containsExactly("three");
        assertThat(clock.runScheduledPendingTasks())
                .as("time to the next timer")
                .isEqualTo(-1);
    }

    @Test
    void cutsABodyThatStalls() {
        ExchangePace.keep(Guard.NONE, clock.eventLoop(), new Exchange());
        bytes = 100_000;
        pass(15);
        assertThat(outcomes).isEmpty();
        pass(14);
        assertThat(outcomes).isEmpty();
        pass(1);
        assertThat(outcomes).containsExactly("the request's body came with less than 100 bytes a second");
        assertThat(clock.runScheduledPendingTasks()).isEqualTo(-1);
    }

    @Test
    void leavesABodyAloneThatComesFastEnough() {
        ExchangePace pace = ExchangePace.keep(Guard.NONE, clock.eventLoop(), new Exchange());
        for (int i = 0; i < 60; i++) {
            bytes += 100;
            pass(1);
        }
        assertThat(outcomes).isEmpty();
        pace.end();
        pass(100);
        assertThat(outcomes).isEmpty();
    }

    @Test
    void blamesNoClientForATargetThatIsSlow() {
        ExchangePace.keep(Guard.NONE, clock.eventLoop(), new Exchange());
        awaited = false;
        pass(100);
        assertThat(outcomes).isEmpty();
        awaited = true;
        pass(15);
        assertThat(outcomes).hasSize(1);
    }

    @Test
    void givesUpAnExchangeInWhichNothingMoves() {
        InboundGuard guard = new InboundGuard(
                GuardSettings.DEFAULT.withLimits(Limits.DEFAULT.withExchangeIdle(Duration.ofSeconds(10))));
        ExchangePace.keep(guard.guard(clock), clock.eventLoop(), new Exchange());
        awaited = false;
        pass(9);
        moved++;
        pass(10);
        assertThat(outcomes).isEmpty();
        pass(1);
        assertThat(outcomes).containsExactly("nothing moved for 10 s");
        assertThat(guard.counts().of(GuardEvent.EXCHANGE_IDLE)).isEqualTo(1);
        assertThat(clock.runScheduledPendingTasks()).isEqualTo(-1);
    }

    private void pass(int seconds) {
        for (int i = 0; i < seconds; i++) {
            clock.advanceTimeBy(1, TimeUnit.SECONDS);
            clock.runScheduledPendingTasks();
        }
    }

    private final class Exchange implements ExchangePace.Exchange {
        @Override
        public long came() {
            return bytes;
        }

        @Override
        public long moved() {
            return bytes + moved;
        }

        @Override
        public void idle(String outcome) {
            outcomes.add(outcome);
        }

        @Override
        public boolean isAwaited() {
            return awaited;
        }

        @Override
        public void tooSlow(String outcome) {
            outcomes.add(outcome);
        }
    }

    private final class Seen extends Watched {
        private final String name;
        private int left;

        Seen(String name, int left) {
            this.name = name;
            this.left = left;
        }

        void start() {
            watchOn(clock.eventLoop());
        }

        @Override
        protected void second() {
            seen.add(name);
            if (--left == 0) {
                unwatch();
            }
        }
    }
}
