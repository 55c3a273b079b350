package io.hopline.api.transport;

import static org.assertj.core.api.Assertions.assertThat;

import io.hopline.api.Abort;
import io.hopline.api.Session;
import io.hopline.api.SessionObserver;
import io.netty.channel.Channel;
import io.netty.channel.DefaultEventLoop;
import io.netty.channel.EventLoop;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.ImmediateEventExecutor;
import io.netty.util.concurrent.Promise;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class DialsTest {

    private final EventLoop loop = new DefaultEventLoop();
    private final Session session = Session.of(
            "in", "out", new InetSocketAddress(InetAddress.getLoopbackAddress(), 1), loop, SessionObserver.NONE);
    private final EmbeddedChannel channel = new EmbeddedChannel();
    private final IOException broken = new IOException("broken");

    @AfterEach
    void end() {
        channel.close();
        loop.shutdownGracefully(0, 1, TimeUnit.SECONDS);
    }

    @Test
    void goesOnOnceTheChannelIsThere() throws Exception {
        EmbeddedChannel next = new EmbeddedChannel();
        Promise<Channel> dialed = promise();
        Future<Channel> both = Dials.then(dialed, session, c -> promise().setSuccess(c == channel ? next : c));
        assertThat(both.isDone()).isFalse();

        dialed.setSuccess(channel);

        assertThat(both.get(10, TimeUnit.SECONDS)).isSameAs(next);
        next.close();
    }

    @Test
    void takesNoFurtherStepIfTheFirstFails() throws Exception {
        AtomicBoolean stepped = new AtomicBoolean();

        Future<Channel> both = Dials.then(promise().setFailure(broken), session, c -> {
            stepped.set(true);
            return promise();
        });

        assertThat(both.await(10, TimeUnit.SECONDS)).isTrue();
        assertThat(both.cause()).isSameAs(broken);
        assertThat(stepped).isFalse();
    }

    @Test
    void closesTheChannelBeneathAStepThatFails() throws Exception {
        Future<Channel> both = Dials.then(
                promise().setSuccess(channel), session, c -> promise().setFailure(broken));

        assertThat(both.await(10, TimeUnit.SECONDS)).isTrue();
        assertThat(both.cause()).isSameAs(broken);
        assertThat(channel.isOpen()).isFalse();
    }

    static Stream<Throwable> thrown() {
        return Stream.of(new IllegalStateException("no"), new NoClassDefFoundError("acme/Lent"));
    }

    @ParameterizedTest
    @MethodSource("thrown")
    void closesTheChannelBeneathAStepThatThrows(Throwable thrown) throws Exception {
        Future<Channel> both = Dials.then(promise().setSuccess(channel), session, c -> {
            if (thrown instanceof Error error) {
                throw error;
            }
            throw (RuntimeException) thrown;
        });

        assertThat(both.await(10, TimeUnit.SECONDS)).isTrue();
        assertThat(both.cause()).isSameAs(thrown);
        assertThat(channel.isOpen()).isFalse();
    }

    @Test
    void cancelsTheDialBeneath() {
        Promise<Channel> dialed = promise();
        onLoop(() -> Dials.then(dialed, session, c -> promise()).cancel(false));
        assertThat(dialed.isCancelled()).isTrue();
    }

    @Test
    void cancelsTheStepThatIsUnderWayAndResetsTheChannelBeneath() {
        Promise<Channel> step = promise();
        onLoop(() ->
                Dials.then(promise().setSuccess(channel), session, c -> step).cancel(false));
        assertThat(step.isCancelled()).isTrue();
        assertThat(channel.outboundMessages()).containsExactly(Abort.INSTANCE);
    }

    @Test
    void resetsAChannelThatNobodyWaitsForAnyMore() {
        Promise<Channel> dialed = promise();
        dialed.setUncancellable();
        AtomicBoolean stepped = new AtomicBoolean();
        Function<Channel, Future<Channel>> step = c -> {
            stepped.set(true);
            return promise();
        };
        onLoop(() -> Dials.then(dialed, session, step).cancel(false));
        dialed.setSuccess(channel);
        assertThat(channel.outboundMessages()).containsExactly(Abort.INSTANCE);
        assertThat(stepped).isFalse();
    }

    private void onLoop(Runnable action) {
        loop.submit(action).syncUninterruptibly();
    }

    private static Promise<Channel> promise() {
        return ImmediateEventExecutor.INSTANCE.newPromise();
    }
}
