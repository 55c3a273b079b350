package io.hopline.api.transport;

import static org.assertj.core.api.Assertions.assertThat;

import io.hopline.api.Inbound;
import io.hopline.api.Recognizer.Match;
import io.hopline.api.Session;
import io.hopline.api.SessionObserver;
import io.hopline.api.guard.GuardEvent;
import io.hopline.api.guard.GuardSettings;
import io.hopline.api.guard.InboundGuard;
import io.hopline.api.settings.Settings;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** A client that is cut off for what stands in front of a protocol is counted, once, and no sooner than its time is up. */
final class SlowClientTest {

    private static final Inbound NEVER = (client, session) -> {
        throw new AssertionError("served");
    };

    private final InboundGuard guard = new InboundGuard(GuardSettings.DEFAULT);

    @Test
    void isCountedInFrontOfTheProxyProtocol() {
        isCounted(layers("proxy-protocol { timeout = 7s }"), "PROXY TCP4", Duration.ofSeconds(7));
    }

    @Test
    void isCountedInTls() {
        isCounted(layers("tls { self-signed = true, handshake-timeout = 7s }"), "\26\3\1", Duration.ofSeconds(7));
    }

    @Test
    void isCountedWhereItIsToBeRecognized() {
        List<Recognition.Choice> choices = List.of(new Recognition.Choice(first -> Match.MORE, NEVER));
        Duration timeout = Duration.ofSeconds(7);
        isCounted((client, session) -> new Recognition(client, session, choices, timeout).run(), "GE", timeout);
    }

    private static Inbound layers(String hocon) {
        InboundLayers layers = Settings.read("", hocon, settings -> InboundLayers.read(settings, Map.of()));
        layers.tls().ifPresent(InboundTls::ready);
        return layers.over(NEVER, false, UnaryOperator.identity());
    }

    private void isCounted(Inbound inbound, String said, Duration timeout) {
        EmbeddedChannel client = new EmbeddedChannel();
        client.freezeTime();
        inbound.accept(
                client,
                Session.of("test", "test", client.remoteAddress(), client.eventLoop(), SessionObserver.NONE)
                        .withGuard(guard.guard(client)));
        client.writeInbound(Unpooled.copiedBuffer(said, StandardCharsets.ISO_8859_1));
        pass(client, timeout.minusMillis(1));
        assertThat(client.isOpen()).isTrue();
        assertThat(guard.counts().of(GuardEvent.SLOW_CLIENT)).isZero();
        pass(client, Duration.ofMillis(1));
        assertThat(client.isOpen()).isFalse();
        assertThat(guard.counts().of(GuardEvent.SLOW_CLIENT)).isEqualTo(1);
        client.finishAndReleaseAll();
    }

    private static void pass(EmbeddedChannel client, Duration time) {
        client.advanceTimeBy(time.toMillis(), TimeUnit.MILLISECONDS);
        client.runScheduledPendingTasks();
    }
}
