package io.hopline.api.users;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.hopline.api.Session;
import io.hopline.api.SessionObserver;
import io.hopline.api.guard.GuardEvent;
import io.hopline.api.guard.GuardSettings;
import io.hopline.api.guard.InboundGuard;
import io.hopline.api.users.Users.Answer;
import io.netty.channel.DefaultEventLoop;
import io.netty.channel.EventLoop;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.Promise;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class PatientUsersTest {

    private static final Duration INTERVAL = Duration.ofMillis(100);

    private final EventLoop loop = new DefaultEventLoop();
    private final InboundGuard guard = new InboundGuard(GuardSettings.DEFAULT);
    private final AtomicInteger checks = new AtomicInteger();
    private final Users users = new PatientUsers(
            (user, password, on) -> {
                checks.incrementAndGet();
                return on.newSucceededFuture(
                        password.equals("busy")
                                ? Answer.TOO_BUSY
                                : password.equals("right") ? Answer.RIGHT : Answer.WRONG);
            },
            INTERVAL);

    @AfterEach
    void endLoop() {
        loop.shutdownGracefully(0, 0, TimeUnit.SECONDS);
    }

    private static SocketAddress at(String address, int port) throws UnknownHostException {
        return new InetSocketAddress(InetAddress.getByName(address), port);
    }

    /** Asks on the loop, as inbounds do. */
    private Future<Answer> ask(String password, SocketAddress from) throws Exception {
        return ask(users, password, from);
    }

    private Future<Answer> ask(Users whom, String password, SocketAddress from) throws Exception {
        Session session = Session.of("test", "direct", from, loop, SessionObserver.NONE)
                .withGuard(guard.guard(new EmbeddedChannel()));
        return loop.submit(() -> whom.check("alice", password, session)).get(10, TimeUnit.SECONDS);
    }

    private boolean answer(String password, SocketAddress from) throws Exception {
        return ask(password, from).get(10, TimeUnit.SECONDS) == Answer.RIGHT;
    }

    private void guess(int times, String address) throws Exception {
        for (int i = 0; i < times; i++) {
            assertThat(answer("wrong" + i, at(address, 1000 + i))).isFalse();
        }
    }

    @Test
    void answersTheFirstGuessesAtOnce() throws Exception {
        guess(Guesses.FREE, "192.0.2.1");
        assertThat(ask("right", at("192.0.2.1", 1)).isDone()).isTrue();
    }

    @Test
    void answersOneGuessForEachIntervalBehindThem() throws Exception {
        guess(Guesses.FREE + 1, "192.0.2.1");
        long start = System.nanoTime();
        assertThat(guard.counts().of(GuardEvent.PASSWORD_SLOWED)).isZero();
        guess(3, "192.0.2.1");
        assertThat(guard.counts().of(GuardEvent.PASSWORD_SLOWED)).isEqualTo(3);
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThanOrEqualTo(INTERVAL.multipliedBy(3));
    }

    @Test
    void gainsNothingByGuessingSideBySide() throws Exception {
        guess(Guesses.FREE + 1, "192.0.2.1");
        int before = checks.get();
        List<Future<Answer>> answers = new ArrayList<>();
        long start = System.nanoTime();
        for (int i = 0; i < 50; i++) {
            answers.add(ask("wrong" + i, at("192.0.2.1", i + 1)));
        }
        for (Future<Answer> answer : answers) {
            assertThat(answer.get(10, TimeUnit.SECONDS)).isIn(Answer.WRONG, Answer.TOO_BUSY);
        }
        int checked = checks.get() - before;
        assertThat(checked).isBetween(1, 1 + (int) ((System.nanoTime() - start) / INTERVAL.toNanos()));
    }

    /** A slow hash answers late: all that are sent before its first answer must not be checked at full speed. */
    @Test
    void gainsNothingByGuessingBeforeTheFirstAnswer() throws Exception {
        List<Promise<Answer>> underway = new CopyOnWriteArrayList<>();
        Users slow = new PatientUsers((user, password, on) -> started(underway, on), INTERVAL);
        List<Future<Answer>> answers = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            answers.add(ask(slow, "wrong" + i, at("192.0.2.1", i + 1)));
        }
        assertThat(underway).hasSize(Guesses.FREE + 1);

        long start = System.nanoTime();
        underway.forEach(check -> check.setSuccess(Answer.WRONG));
        await().untilAsserted(() -> {
            underway.forEach(check -> check.trySuccess(Answer.WRONG));
            assertThat(answers).allMatch(Future::isDone);
        });
        assertThat(underway.size() - Guesses.FREE - 1)
                .isBetween(1, 1 + (int) ((System.nanoTime() - start) / INTERVAL.toNanos()));
    }

    /** Many behind one address may come at once. */
    @Test
    void checksWhatWaitsAtFullSpeedWhereNoneIsWrong() throws Exception {
        List<Promise<Answer>> underway = new CopyOnWriteArrayList<>();
        Users slow = new PatientUsers((user, password, on) -> started(underway, on), Duration.ofDays(1));
        List<Future<Answer>> answers = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            answers.add(ask(slow, "right" + i, at("192.0.2.1", i + 1)));
        }
        await().untilAsserted(() -> {
            underway.forEach(check -> check.trySuccess(Answer.RIGHT));
            assertThat(answers).allMatch(answer -> answer.getNow() == Answer.RIGHT);
        });
    }

    private static Promise<Answer> started(List<Promise<Answer>> underway, EventLoop on) {
        Promise<Answer> check = on.newPromise();
        underway.add(check);
        return check;
    }

    @Test
    void countsNoPasswordThatNobodyHasLookedAt() throws Exception {
        for (int i = 0; i < 2 * Guesses.FREE; i++) {
            assertThat(ask("busy", at("192.0.2.1", i + 1)).getNow()).isEqualTo(Answer.TOO_BUSY);
        }
        assertThat(ask("right", at("192.0.2.1", 1)).isDone()).isTrue();
    }

    @Test
    void doesNotLetOthersWait() throws Exception {
        guess(Guesses.FREE + 1, "192.0.2.1");
        assertThat(ask("right", at("192.0.2.2", 1)).isDone()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"192.0.2.1, 192.0.2.1", "2001:db8::1, 2001:db8::2"})
    void neverLetsOneWaitWhoGotInBefore(String before, String now) throws Exception {
        assertThat(answer("right", at(before, 1))).isTrue();
        guess(Guesses.FREE + 1, now);
        Future<Answer> again = ask("right", at(now, 2));
        assertThat(again.isDone()).isTrue();
        assertThat(again.getNow()).isEqualTo(Answer.RIGHT);
    }

    /** Or a guesser would learn of the right password at once, though all others have to wait. */
    @ParameterizedTest
    @CsvSource({"192.0.2.1, 192.0.2.2", "2001:db8::1, 2001:db8:0:1::1"})
    void takesWhoGotInElsewhereForNobody(String elsewhere, String guesser) throws Exception {
        assertThat(answer("right", at(elsewhere, 1))).isTrue();
        guess(Guesses.FREE + 1, guesser);
        assertThat(ask("right", at(guesser, 2)).isDone()).isFalse();
    }

    @Test
    void letsARightPasswordWaitButOnce() throws Exception {
        guess(Guesses.FREE + 1, "192.0.2.1");
        assertThat(answer("right", at("192.0.2.1", 1))).isTrue();
        Future<Answer> again = ask("right", at("192.0.2.1", 2));
        assertThat(again.isDone()).isTrue();
        assertThat(again.getNow()).isEqualTo(Answer.RIGHT);
    }

    @Test
    void takesAnIpv6NetworkForOneAddress() throws Exception {
        guess(Guesses.FREE + 1, "2001:db8::1");
        assertThat(ask("right", at("2001:db8::2", 1)).isDone()).isFalse();
        assertThat(ask("right", at("2001:db8:0:1::1", 1)).isDone()).isTrue();
    }
}
