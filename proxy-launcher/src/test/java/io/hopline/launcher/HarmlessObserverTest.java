package io.hopline.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.typesafe.config.ConfigFactory;
import io.hopline.api.Chain;
import io.hopline.api.HopRef;
import io.hopline.api.Served;
import io.hopline.api.Session;
import io.hopline.api.SessionObserver;
import io.hopline.api.Step;
import io.hopline.launcher.config.HoplineConfig;
import io.hopline.launcher.plugins.Plugins;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** An observer that throws does no session harm. */
@Timeout(30)
class HarmlessObserverTest {

    private static final HoplineConfig CONFIG = HoplineConfig.of(
            ConfigFactory.parseString("hopline.inbounds = [ { name = local, type = http, listen = 0 } ]"),
            Plugins.load());

    private final Throwing observer = new Throwing();

    @Test
    void servesAClientToItsEnd() throws Exception {
        try (EchoTarget target = new EchoTarget();
                Hopline hopline = Hopline.start(CONFIG, observer);
                Dialer dialer = Dialer.open()) {
            Chain chain = HoplineConfig.chain(
                    "http://127.0.0.1:" + hopline.address("local").getPort(), Plugins.load());

            assertThat(Talk.halfClosing(dialer.dial(chain, target.address()).get(10, TimeUnit.SECONDS), "hello"))
                    .isEqualTo("hello" + EchoTarget.GOODBYE);
            assertThat(observer.passed).hasPositiveValue();
            await().untilAsserted(() -> assertThat(observer.served).hasValue(1));
        }
    }

    @Test
    void letsADialerDial() throws Exception {
        try (EchoTarget target = new EchoTarget();
                Dialer dialer = Dialer.open()) {
            assertThat(Talk.halfClosing(
                            dialer.dial(Chain.of(), target.address(), observer).get(10, TimeUnit.SECONDS), "hello"))
                    .isEqualTo("hello" + EchoTarget.GOODBYE);
            assertThat(observer.passed).hasPositiveValue();
        }
    }

    private static final class Throwing implements SessionObserver {

        private final AtomicInteger passed = new AtomicInteger();
        private final AtomicInteger served = new AtomicInteger();

        @Override
        public void passed(Session session, HopRef at, Step step, Supplier<String> detail, long nanos) {
            passed.incrementAndGet();
            throw new IllegalStateException("passed");
        }

        @Override
        public void served(Session session, Served outcome) {
            served.incrementAndGet();
            throw new AssertionError("served");
        }
    }
}
