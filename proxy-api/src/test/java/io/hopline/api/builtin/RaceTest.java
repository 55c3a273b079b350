package io.hopline.api.builtin;

import static io.netty.channel.socket.SocketProtocolFamily.INET;
import static io.netty.channel.socket.SocketProtocolFamily.INET6;
import static org.assertj.core.api.Assertions.assertThat;

import io.hopline.api.DialException;
import io.hopline.api.DialException.Reason;
import io.hopline.api.HopRef;
import io.hopline.api.HostPort;
import io.hopline.api.Session;
import io.hopline.api.SessionObserver;
import io.hopline.api.Step;
import io.netty.channel.Channel;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.util.concurrent.Future;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** RFC 8305, on a clock of the test's own. */
final class RaceTest {
    private static final String V6 = "[2001:db8::1]:443";
    private static final String V6_2 = "[2001:db8::2]:443";
    private static final String V4 = "192.0.2.1:443";
    private static final String V4_2 = "192.0.2.2:443";

    private final EmbeddedChannel clock = new EmbeddedChannel();
    private final FakeNames names = new FakeNames();
    private final FakeSockets sockets = new FakeSockets();
    private final List<String> steps = new ArrayList<>();

    @BeforeEach
    void freeze() {
        clock.freezeTime();
    }

    @AfterEach
    void closeClock() {
        clock.close();
    }

    @Test
    void triesIpv6AtOnceWhenItsAnswerComesFirst() {
        Future<Channel> dialed = dial("example.org");
        names.answer(INET6, "2001:db8::1");
        assertThat(sockets.tried()).containsExactly(V6);
        sockets.accept(V6);
        assertThat(dialed.getNow()).isSameAs(sockets.channel(V6));
        assertThat(names.asked(INET).isCancelled()).isTrue();
        assertThat(steps)
                .containsExactly("target, name resolution: example.org -> 2001:db8::1", "target, TCP: to " + V6);
        assertNothingIsLeft();
    }

    @Test
    void waitsFiftyMillisecondsForIpv6WhenIpv4AnswersFirst() {
        dial("example.org");
        names.answer(INET, "192.0.2.1");
        pass(49);
        assertThat(sockets.tried()).isEmpty();
        pass(1);
        assertThat(sockets.tried()).containsExactly(V4);
    }

    @Test
    void prefersIpv6ThatComesWithinTheWait() {
        dial("example.org");
        names.answer(INET, "192.0.2.1");
        pass(30);
        names.answer(INET6, "2001:db8::1");
        assertThat(sockets.tried()).containsExactly(V6);
        pass(250);
        assertThat(sockets.tried()).containsExactly(V6, V4);
        assertThat(steps).containsExactly("target, name resolution: example.org -> 2001:db8::1, 192.0.2.1");
    }

    @Test
    void doesNotWaitForIpv6ThatIsKnownToBeMissing() {
        dial("example.org");
        names.fail(INET6);
        assertThat(sockets.tried()).isEmpty();
        names.answer(INET, "192.0.2.1");
        assertThat(sockets.tried()).containsExactly(V4);
    }

    @Test
    void addsAnAnswerThatComesDuringTheAttempts() {
        dial("example.org");
        names.answer(INET, "192.0.2.1", "192.0.2.2");
        pass(50);
        names.answer(INET6, "2001:db8::1");
        assertThat(sockets.tried()).containsExactly(V4);
        pass(250);
        assertThat(sockets.tried()).containsExactly(V4, V6);
        pass(250);
        assertThat(sockets.tried()).containsExactly(V4, V6, V4_2);
    }

    @Test
    void triesALateAnswerAtOnceWhenAllElseHasFailed() {
        Future<Channel> dialed = dial("example.org");
        names.answer(INET6, "2001:db8::1");
        sockets.refuse(V6);
        assertThat(dialed.isDone()).isFalse();
        names.answer(INET, "192.0.2.1");
        sockets.accept(V4);
        assertThat(dialed.getNow()).isSameAs(sockets.channel(V4));
        assertNothingIsLeft();
    }

    @Test
    void letsTheFamiliesTakeTurns() {
        dial("example.org");
        names.answer(INET6, "2001:db8::1", "2001:db8::2");
        names.answer(INET, "192.0.2.1", "192.0.2.2");
        pass(249);
        assertThat(sockets.tried()).containsExactly(V6);
        pass(1);
        assertThat(sockets.tried()).containsExactly(V6, V4);
        pass(250);
        pass(250);
        assertThat(sockets.tried()).containsExactly(V6, V4, V6_2, V4_2);
    }

    @Test
    void triesTheNextAddressAtOnceWhenOneIsRefused() {
        dial("example.org");
        names.answer(INET6, "2001:db8::1");
        names.answer(INET, "192.0.2.1");
        sockets.refuse(V6);
        assertThat(sockets.tried()).containsExactly(V6, V4);
    }

    @Test
    void givesTheNextAddressItsWholeTimeAfterARefusal() {
        dial("example.org");
        names.answer(INET6, "2001:db8::1", "2001:db8::2");
        names.answer(INET, "192.0.2.1");
        pass(200);
        sockets.refuse(V6);
        pass(249);
        assertThat(sockets.tried()).containsExactly(V6, V4);
        pass(1);
        assertThat(sockets.tried()).containsExactly(V6, V4, V6_2);
    }

    @Test
    void keepsTheFirstConnectionAndClosesAllOthers() {
        Future<Channel> dialed = dial("example.org");
        names.answer(INET6, "2001:db8::1");
        names.answer(INET, "192.0.2.1");
        pass(250);
        sockets.accept(V4);
        assertThat(dialed.getNow()).isSameAs(sockets.channel(V4));
        assertThat(sockets.open()).containsExactly(V4);
        assertNothingIsLeft();
    }

    @Test
    void keepsAnEarlierAttemptGoingBesideTheNext() {
        Future<Channel> dialed = dial("example.org");
        names.answer(INET6, "2001:db8::1");
        names.answer(INET, "192.0.2.1");
        pass(250);
        sockets.accept(V6);
        assertThat(dialed.getNow()).isSameAs(sockets.channel(V6));
        assertThat(sockets.open()).containsExactly(V6);
    }

    @Test
    void stopsEverythingWhenCancelledDuringTheLookup() {
        Future<Channel> dialed = dial("example.org");
        names.answer(INET, "192.0.2.1");
        dialed.cancel(false);
        assertThat(names.asked(INET6).isCancelled()).isTrue();
        pass(10_000);
        assertThat(sockets.tried()).isEmpty();
        assertNothingIsLeft();
    }

    @Test
    void stopsEverythingWhenCancelledDuringTheAttempts() {
        Future<Channel> dialed = dial("example.org");
        names.answer(INET6, "2001:db8::1", "2001:db8::2");
        names.answer(INET, "192.0.2.1");
        pass(250);
        dialed.cancel(false);
        assertThat(sockets.open()).isEmpty();
        pass(10_000);
        assertThat(sockets.tried()).containsExactly(V6, V4);
        assertNothingIsLeft();
    }

    @Test
    void stopsEverythingAtTheTimeoutAndNamesTheSilent() {
        Future<Channel> dialed = dial("example.org");
        names.answer(INET6, "2001:db8::1");
        names.answer(INET, "192.0.2.1", "192.0.2.2");
        pass(250);
        sockets.refuse(V4);
        pass(9_749);
        assertThat(dialed.isDone()).isFalse();
        pass(1);
        assertFailed(
                dialed,
                Reason.TIMEOUT,
                Step.CONNECT,
                "no answer from " + V6 + ", " + V4_2 + " within 10 s; connection refused by " + V4);
        assertThat(sockets.open()).isEmpty();
        assertNothingIsLeft();
    }

    @Test
    void countsTheLookupInTheTimeout() {
        Future<Channel> dialed = dial("example.org");
        pass(10_000);
        assertFailed(
                dialed, Reason.TIMEOUT, Step.RESOLVE, "no answer from the name servers for example.org within 10 s");
        assertThat(names.asked(INET).isCancelled()).isTrue();
        assertThat(names.asked(INET6).isCancelled()).isTrue();
        assertNothingIsLeft();
    }

    @Test
    void namesTheSlowLookupWhenTheOtherFamilyWasRefused() {
        Future<Channel> dialed = dial("example.org");
        names.answer(INET6, "2001:db8::1");
        sockets.refuse(V6);
        pass(10_000);
        assertFailed(
                dialed,
                Reason.TIMEOUT,
                Step.RESOLVE,
                "no answer from the name servers for example.org within 10 s; connection refused by " + V6);
    }

    @Test
    void failsWhenEveryAddressHasFailed() {
        Future<Channel> dialed = dial("example.org");
        names.answer(INET6, "2001:db8::1");
        names.answer(INET, "192.0.2.1", "192.0.2.2");
        sockets.fail(V6, "Network is unreachable");
        sockets.refuse(V4);
        assertThat(dialed.isDone()).isFalse();
        sockets.refuse(V4_2);
        assertFailed(
                dialed,
                Reason.REFUSED,
                Step.CONNECT,
                "network unreachable: " + V6 + "; connection refused by " + V4 + ", " + V4_2);
        assertNothingIsLeft();
    }

    @Test
    void failsWhenNeitherFamilyHasAnAddress() {
        Future<Channel> dialed = dial("example.org");
        names.fail(INET6);
        names.fail(INET);
        assertFailed(dialed, Reason.UNREACHABLE, Step.RESOLVE, "example.org has no address");
        assertNothingIsLeft();
    }

    @Test
    void asksNobodyForALiteral() {
        Future<Channel> dialed = dial("192.0.2.1");
        sockets.accept(V4);
        assertThat(dialed.getNow()).isSameAs(sockets.channel(V4));
        assertThat(steps).containsExactly("target, TCP: to " + V4);
        assertNothingIsLeft();
    }

    private Future<Channel> dial(String host) {
        SessionObserver observer = new SessionObserver() {
            @Override
            public void passed(Session session, HopRef at, Step step, Supplier<String> detail, long nanos) {
                steps.add(at + ", " + step + ": " + detail.get());
            }
        };
        Session session = Session.of("test", "test", new InetSocketAddress(0), clock.eventLoop(), observer);
        return new DirectOutbound(names, sockets, Duration.ofSeconds(10), Optional.empty(), Optional.empty())
                .dial(new HostPort(host, 443), session);
    }

    private void pass(long millis) {
        clock.advanceTimeBy(millis, TimeUnit.MILLISECONDS);
        clock.runScheduledPendingTasks();
    }

    private void assertNothingIsLeft() {
        assertThat(clock.runScheduledPendingTasks())
                .as("time to the next timer")
                .isEqualTo(-1);
    }

    private static void assertFailed(Future<Channel> dialed, Reason reason, Step step, String detail) {
        assertThat(Objects.requireNonNull(dialed.cause()))
                .hasMessage("target, " + step + ": " + detail)
                .isInstanceOfSatisfying(DialException.class, failure -> {
                    assertThat(failure.reason()).isEqualTo(reason);
                    assertThat(failure.step()).isEqualTo(step);
                });
    }
}
