package io.hopline.api.handshake;

import static org.assertj.core.api.Assertions.assertThat;

import io.hopline.api.EndOfOutput;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class FarewellTest {

    private static final Duration PATIENCE = Farewell.PATIENCE;

    private final EmbeddedChannel client = new EmbeddedChannel();

    @BeforeEach
    void stopTheClock() {
        client.freezeTime();
    }

    @AfterEach
    void close() {
        client.finishAndReleaseAll();
    }

    @Test
    void saysTheLastWordsAndThenTheEnd() {
        say();
        ByteBuf words = client.readOutbound();
        assertThat(words.toString(StandardCharsets.US_ASCII)).isEqualTo("no");
        words.release();
        assertThat(client.<Object>readOutbound()).isSameAs(EndOfOutput.INSTANCE);
        assertThat(client.isOpen()).isTrue();
    }

    @Test
    void closesOnceTheClientEndsToo() {
        say();
        client.pipeline().fireUserEventTriggered(ChannelInputShutdownEvent.INSTANCE);
        assertThat(client.isOpen()).isFalse();
    }

    @Test
    void waitsForASilentClientForItsPatienceAndNoLonger() {
        say();
        pass(PATIENCE.minusMillis(1));
        assertThat(client.isOpen()).isTrue();
        pass(Duration.ofMillis(1));
        assertThat(client.isOpen()).isFalse();
    }

    @Test
    void dropsWhatTheClientStillSendsUntilItHasHadTimeEnough() {
        say();
        for (int i = 0; i < 10; i++) {
            ByteBuf more = Unpooled.copiedBuffer("more", StandardCharsets.US_ASCII);
            client.writeInbound(more);
            assertThat(more.refCnt()).isZero();
            assertThat(client.isOpen()).isTrue();
            pass(PATIENCE);
        }
        client.writeInbound(Unpooled.copiedBuffer("and more", StandardCharsets.US_ASCII));
        pass(PATIENCE);
        assertThat(client.isOpen()).isFalse();
    }

    @Test
    void waitsOnlyAsLongAsItWasTold() {
        ChannelInboundHandlerAdapter handler = new ChannelInboundHandlerAdapter();
        client.pipeline().addLast(handler);
        Farewell.inFrontOf(client.pipeline().context(handler), Farewell.BRIEFLY, false);
        pass(Farewell.BRIEFLY);
        assertThat(client.isOpen()).isFalse();
    }

    @Test
    void waitsAsLongAsItWasToldForAClientThatTakesNothing() {
        ChannelOutboundHandlerAdapter full = new ChannelOutboundHandlerAdapter() {
            @Override
            public void flush(ChannelHandlerContext ctx) {
                // Nothing goes out.
            }
        };
        Duration stall = Duration.ofMinutes(15);
        client.pipeline().addLast(full);
        client.write(Unpooled.copiedBuffer("a response", StandardCharsets.US_ASCII));
        Farewell.inFrontOf(client.pipeline().context(full), PATIENCE, stall, false);
        passAll(stall.minus(PATIENCE));
        client.pipeline().remove(full);
        client.flush();
        ByteBuf response = client.readOutbound();
        assertThat(response.toString(StandardCharsets.US_ASCII)).isEqualTo("a response");
        response.release();
        assertThat(client.outboundMessages()).containsExactly(EndOfOutput.INSTANCE);
    }

    private void passAll(Duration time) {
        for (Duration passed = Duration.ZERO; passed.compareTo(time) < 0; passed = passed.plus(PATIENCE)) {
            pass(PATIENCE);
        }
    }

    private void say() {
        Farewell.say(client, Unpooled.copiedBuffer("no", StandardCharsets.US_ASCII), false);
    }

    private void pass(Duration time) {
        client.advanceTimeBy(time.toNanos(), TimeUnit.NANOSECONDS);
        client.runScheduledPendingTasks();
    }
}
