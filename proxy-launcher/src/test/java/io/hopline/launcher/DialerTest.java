package io.hopline.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hopline.api.Chain;
import io.hopline.api.DialException;
import io.hopline.api.DialException.Reason;
import io.hopline.api.Hop;
import io.hopline.api.HopRef;
import io.hopline.api.HostPort;
import io.hopline.api.Outbound;
import io.hopline.api.Step;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class DialerTest {

    private static final HostPort TARGET = new HostPort("target.example", 443);

    @Test
    void dialsThroughOneChainByOneOutboundSoThatItsSessionsAreShared() {
        AtomicInteger made = new AtomicInteger();
        try (Dialer dialer = Dialer.open()) {
            for (int i = 0; i < 3; i++) {
                Chain equal = Chain.of(new Counted("one", made));
                assertThatThrownBy(() -> dialer.dial(equal, TARGET).sync()).isInstanceOf(DialException.class);
            }
            assertThat(made).hasValue(1);
            assertThatThrownBy(() -> dialer.dial(Chain.of(new Counted("two", made)), TARGET)
                            .sync())
                    .isInstanceOf(DialException.class);
            assertThat(made).hasValue(2);
        }
    }

    /** Counts how often it is made an outbound of; nothing can be dialed through it. */
    private record Counted(String type, AtomicInteger made) implements Hop {

        @Override
        public Optional<HostPort> server() {
            return Optional.empty();
        }

        @Override
        public Outbound over(Outbound via, HopRef at) {
            made.incrementAndGet();
            return (target, session) -> session.loop()
                    .newFailedFuture(new DialException(Reason.DENIED, at, Step.CONNECT, "nothing is behind it"));
        }
    }
}
