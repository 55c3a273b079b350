package io.hopline.socks;

import static io.hopline.socks.InboundProbe.sentEachWay;
import static io.hopline.testkit.Hex.counted;
import static io.hopline.testkit.Hex.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.hopline.api.DialException;
import io.hopline.api.DialException.Reason;
import io.hopline.api.HopRef;
import io.hopline.api.HostPort;
import io.hopline.api.Step;
import io.hopline.api.users.Users;
import io.hopline.api.users.Users.Answer;
import io.netty.util.concurrent.Promise;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What the server side answers to each byte that a client may send; sections are those of RFC 1928 unless said otherwise. */
class Socks5ServerTest {

    private static final Duration TIMEOUT = Duration.ofSeconds(10);
    private static final String HELLO = "05 01 00";
    private static final String CHOSEN = "0500";
    private static final String REST = "0001000000000000";
    private static final String ALICE = "05 01 02 01" + counted("alice") + counted("secret");
    private static final Users ALICE_ALONE = (user, password, loop) ->
            loop.newSucceededFuture(user.equals("alice") && password.equals("secret") ? Answer.RIGHT : Answer.WRONG);

    static Stream<Arguments> refusals() {
        String connect = HELLO + "05 01 00";
        String failure = CHOSEN + "0501" + REST + ".";
        String unsupported = CHOSEN + "0507" + REST + ".";
        String unknownType = CHOSEN + "0508" + REST + ".";
        return Stream.of(
                arguments("section 3: VER is 5", "04 01", "x"),
                arguments("section 3: what looks like HTTP is no greeting", text("GET / HTTP/1.1\r\n\r\n"), "x"),
                arguments("section 3: NMETHODS is at least 1", "05 00", "05ff."),
                arguments("section 3: only methods that were offered are chosen", "05 02 01 02", "05ff."),
                arguments("section 3: 0xFF among the methods is no method", "05 01 ff", "05ff."),
                arguments("section 4: VER of the request is 5", HELLO + "04 01 00 01 7f000001 0050", failure),
                arguments("section 4: RSV is 0", HELLO + "05 01 01 01 7f000001 0050", failure),
                arguments("section 4: CMD 0 is none", HELLO + "05 00 00 01 7f000001 0050", unsupported),
                arguments("section 4: BIND is not served unasked", HELLO + "05 02 00 01 7f000001 0050", unsupported),
                arguments(
                        "section 4: UDP ASSOCIATE is not served unasked",
                        HELLO + "05 03 00 01 00000000 0000",
                        unsupported),
                arguments("section 4: CMD 4 is none", HELLO + "05 04 00 01 7f000001 0050", unsupported),
                arguments("section 5: ATYP 0 is none", connect + "00 7f000001 0050", unknownType),
                arguments("section 5: ATYP 2 is none", connect + "02 7f000001 0050", unknownType),
                arguments("section 5: ATYP 5 is none", connect + "05 7f000001 0050", unknownType),
                arguments("section 5: a name has a byte at least", connect + "03 00 0050", failure),
                arguments("section 5: a name ends at no NUL", connect + "03" + counted("a.org\0.b") + "0050", failure),
                arguments("section 5: a name holds no space", connect + "03" + counted("a b") + "0050", failure),
                arguments(
                        "section 5: a name holds no line break", connect + "03" + counted("a\r\nb") + "0050", failure),
                arguments("section 5: a name holds no slash", connect + "03" + counted("a/b") + "0050", failure),
                arguments("section 5: a name holds no port", connect + "03" + counted("a:80") + "0050", failure),
                arguments("section 5: a name is ASCII", connect + "03" + counted("bücher.example") + "0050", failure),
                arguments(
                        "section 5: a name is no literal in brackets",
                        connect + "03" + counted("[::1]") + "0050",
                        failure),
                arguments("RFC 9293 section 3.1: nobody listens on port 0", connect + "01 7f000001 0000", failure));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("refusals")
    void refusesBeforeAnythingIsDialed(String rule, String sent, String told) {
        Socks5Entry entry = new Socks5Entry(Optional.empty(), TIMEOUT, Optional.empty(), Optional.empty());
        for (InboundProbe probe : sentEachWay(entry, sent)) {
            try (probe) {
                assertThat(probe.told()).as(rule).isEqualTo(told);
                assertThat(probe.dialed()).isEmpty();
                assertThat(probe.outcomes()).hasSize(1);
            }
        }
    }

    static Stream<Arguments> refusalsOfUsers() {
        String hello = "05 01 02";
        return Stream.of(
                arguments("section 3: without a password offered no method will do", HELLO, "05ff."),
                arguments(
                        "RFC 1929 section 2: VER is 1",
                        hello + "05" + counted("alice") + counted("secret"),
                        "05020101."),
                arguments(
                        "RFC 1929 section 2: a user has a byte at least",
                        hello + "01 00" + counted("secret"),
                        "05020101."),
                arguments(
                        "RFC 1929 section 2: a password has a byte at least",
                        hello + "01" + counted("alice") + "00",
                        "05020101."),
                arguments(
                        "RFC 1929 section 2: a wrong password is a failure",
                        hello + "01" + counted("alice") + counted("Secret"),
                        "05020101."),
                arguments(
                        "RFC 1929 section 2: an unknown user is a failure",
                        hello + "01" + counted("bob") + counted("secret"),
                        "05020101."),
                arguments(
                        "RFC 1929 section 2: a password ends at no NUL",
                        hello + "01" + counted("alice") + counted("secret\0x"),
                        "05020101."),
                arguments(
                        "RFC 1929 section 2: no request goes before the password",
                        hello + "05 01 00 01 7f000001 0050",
                        "05020101."));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("refusalsOfUsers")
    void refusesWhoIsNoUser(String rule, String sent, String told) {
        Socks5Entry entry = new Socks5Entry(Optional.of(ALICE_ALONE), TIMEOUT, Optional.empty(), Optional.empty());
        for (InboundProbe probe : sentEachWay(entry, sent)) {
            try (probe) {
                assertThat(probe.told()).as(rule).isEqualTo(told);
                assertThat(probe.dialed()).isEmpty();
                assertThat(probe.outcomes()).hasSize(1).noneMatch(outcome -> outcome.contains("ecret"));
            }
        }
    }

    static Stream<Arguments> targets() {
        String longest = ("a".repeat(63) + ".").repeat(3) + "a".repeat(63);
        return Stream.of(
                arguments("section 5: IPv4", "01 7f000001 0050", "127.0.0.1", 80),
                arguments("section 5: IPv6", "04 00000000000000000000000000000001 ffff", "::1", 65535),
                arguments(
                        "section 5: IPv4 mapped into IPv6",
                        "04 00000000000000000000ffff7f000001 0050",
                        "127.0.0.1",
                        80),
                arguments("section 5: a name stays a name", "03" + counted("example.org") + "01bb", "example.org", 443),
                arguments("section 5: a name of one byte", "03" + counted("a") + "0001", "a", 1),
                arguments("section 5: a name of 255 bytes", "03" + counted(longest) + "0050", longest, 80));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("targets")
    void dialsWhatIsAskedFor(String rule, String sent, String host, int port) {
        Socks5Entry entry = new Socks5Entry(Optional.empty(), TIMEOUT, Optional.empty(), Optional.empty());
        for (InboundProbe probe : sentEachWay(entry, "05 03 01 00 02 05 01 00" + sent)) {
            try (probe) {
                assertThat(probe.told()).isEqualTo(CHOSEN);
                assertThat(probe.dialed()).as(rule).containsExactly(new HostPort(host, port));
            }
        }
    }

    @ParameterizedTest(name = "section 6: {0} in the step {1} is told by {2}")
    @CsvSource({
        "REFUSED,CONNECT,05",
        "UNREACHABLE,CONNECT,04",
        "UNREACHABLE,RESOLVE,04",
        "UNREACHABLE,HANDSHAKE,08",
        "UNROUTABLE,CONNECT,03",
        "TIMEOUT,CONNECT,06",
        "DENIED,CONNECT,02",
        "AUTH,HANDSHAKE,01",
        "PROTOCOL,HANDSHAKE,01",
        "FAILED,CONNECT,01"
    })
    void tellsWhyADialFailed(Reason reason, Step step, String code) {
        try (InboundProbe probe =
                new InboundProbe(new Socks5Entry(Optional.empty(), TIMEOUT, Optional.empty(), Optional.empty()))) {
            probe.send(HELLO + "05 01 00 01 7f000001 0050");
            probe.dial().setFailure(new DialException(reason, HopRef.TARGET, step, "no"));
            assertThat(probe.told()).isEqualTo(CHOSEN + "05" + code + REST + ".");
        }
    }

    @Test
    void tellsTheSessionWhoTheUserIs() {
        Socks5Entry entry = new Socks5Entry(Optional.of(ALICE_ALONE), TIMEOUT, Optional.empty(), Optional.empty());
        for (InboundProbe probe : sentEachWay(entry, ALICE + "05 01 00 01 7f000001 0050")) {
            try (probe) {
                assertThat(probe.told()).isEqualTo("05020100");
                assertThat(probe.session().user()).hasValue("alice");
            }
        }
    }

    @Test
    void readsNothingMoreWhileAPasswordIsChecked() {
        List<Promise<Answer>> checks = new ArrayList<>();
        Users slow = (user, password, loop) -> {
            checks.add(loop.newPromise());
            return checks.get(0);
        };
        try (InboundProbe probe =
                new InboundProbe(new Socks5Entry(Optional.of(slow), TIMEOUT, Optional.empty(), Optional.empty()))) {
            probe.send(ALICE + "05 01 00 01 7f000001 0050");
            assertThat(probe.told()).isEqualTo("0502");
            assertThat(probe.dialed()).isEmpty();
            checks.get(0).setSuccess(Answer.RIGHT);
            assertThat(probe.told()).isEqualTo("0100");
            assertThat(probe.dialed()).hasSize(1);
        }
        assertThat(checks).hasSize(1);
    }

    @Test
    void tellsAPasswordThatNobodyHasLookedAtFromAWrongOne() {
        Users busy = (user, password, loop) -> loop.newSucceededFuture(Answer.TOO_BUSY);
        try (InboundProbe probe =
                new InboundProbe(new Socks5Entry(Optional.of(busy), TIMEOUT, Optional.empty(), Optional.empty()))) {
            probe.send(ALICE);
            assertThat(probe.told()).isEqualTo("05020102.");
            assertThat(probe.outcomes()).containsExactly("too many passwords wait to be checked");
        }
    }

    @Test
    void cutsOffAClientThatTakesTooLong() {
        try (InboundProbe probe =
                new InboundProbe(new Socks5Entry(Optional.empty(), TIMEOUT, Optional.empty(), Optional.empty()))) {
            probe.send(HELLO + "05 01 00 01");
            probe.pass(TIMEOUT.minusMillis(1));
            assertThat(probe.told()).isEqualTo(CHOSEN);
            assertThat(probe.foundSlow()).isZero();
            probe.pass(Duration.ofMillis(1));
            assertThat(probe.foundSlow()).isEqualTo(1);
            assertThat(probe.told()).isEqualTo("x");
            assertThat(probe.outcomes()).containsExactly("no request within 10000 ms");
        }
    }

    @Test
    void letsADialTakeItsTime() {
        try (InboundProbe probe =
                new InboundProbe(new Socks5Entry(Optional.empty(), TIMEOUT, Optional.empty(), Optional.empty()))) {
            probe.send(HELLO + "05 01 00 01 7f000001 0050");
            probe.pass(TIMEOUT.multipliedBy(10));
            assertThat(probe.told()).isEqualTo(CHOSEN);
            assertThat(probe.client().isOpen()).isTrue();
        }
    }
}
