package io.hopline.socks;

import static io.hopline.socks.InboundProbe.sentEachWay;
import static io.hopline.testkit.Hex.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.hopline.api.DialException;
import io.hopline.api.DialException.Reason;
import io.hopline.api.HopRef;
import io.hopline.api.HostPort;
import io.hopline.api.Step;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What the server side answers to each byte that a client may send; rules are those of the descriptions of SOCKS 4 and 4A. */
class Socks4ServerTest {

    private static final Socks4Entry ENTRY = new Socks4Entry(Duration.ofSeconds(10), Optional.empty());
    private static final String REJECTED = "005b000000000000.";
    private static final String NAMED = "04 01 0050 00000001 00";

    static Stream<Arguments> refusals() {
        String tooLong = text("a".repeat(256));
        return Stream.of(
                arguments("SOCKS4 section 1: VN is 4", "05 01 00", "x"),
                arguments("SOCKS4 section 1: what looks like HTTP is no request", text("GET / HTTP/1.1\r\n\r\n"), "x"),
                arguments("SOCKS4 section 1: CD 0 is none", "04 00 0050 7f000001 00", REJECTED),
                arguments("SOCKS4 section 2: BIND is not served unasked", "04 02 0050 7f000001 00", REJECTED),
                arguments("SOCKS4 section 2: CD 3 is none", "04 03 0050 7f000001 00", REJECTED),
                arguments("SOCKS4 section 1: USERID has an end", "04 01 0050 7f000001" + tooLong, REJECTED),
                arguments("RFC 9293 section 3.1: nobody listens on port 0", "04 01 0000 7f000001 00", REJECTED),
                arguments("SOCKS4A: a name has a byte at least", NAMED + "00", REJECTED),
                arguments("SOCKS4A: a name has an end", NAMED + tooLong, REJECTED),
                arguments("SOCKS4A: a name holds no space", NAMED + text("a b\0"), REJECTED),
                arguments("SOCKS4A: a name holds no line break", NAMED + text("a\r\nb\0"), REJECTED),
                arguments("SOCKS4A: a name holds no port", NAMED + text("a:80\0"), REJECTED),
                arguments("SOCKS4A: a name is ASCII", NAMED + text("bücher.example\0"), REJECTED),
                arguments(
                        "SOCKS4A: nobody listens on port 0 of a name",
                        "04 01 0000 00000001 00" + text("a\0"),
                        REJECTED));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("refusals")
    void refusesBeforeAnythingIsDialed(String rule, String sent, String told) {
        for (InboundProbe probe : sentEachWay(ENTRY, sent)) {
            try (probe) {
                assertThat(probe.told()).as(rule).isEqualTo(told);
                assertThat(probe.dialed()).isEmpty();
                assertThat(probe.outcomes()).hasSize(1);
            }
        }
    }

    static Stream<Arguments> targets() {
        String longest = ("a".repeat(63) + ".").repeat(3) + "a".repeat(63);
        String longestUserId = text("u".repeat(255));
        return Stream.of(
                arguments("SOCKS4 section 1: an address", "04 01 0050 7f000001 00", "127.0.0.1", 80),
                arguments(
                        "SOCKS4 section 1: behind a user id", "04 01 ffff 0a000001" + text("me\0"), "10.0.0.1", 65535),
                arguments(
                        "SOCKS4 section 1: behind a long user id",
                        "04 01 0050 0a000001" + longestUserId + "00",
                        "10.0.0.1",
                        80),
                arguments("SOCKS4A: 0.0.0.0 announces no name", "04 01 0050 00000000 00", "0.0.0.0", 80),
                arguments("SOCKS4A: 0.0.1.1 announces no name", "04 01 0050 00000101 00", "0.0.1.1", 80),
                arguments("SOCKS4A: a name", NAMED + text("example.org\0"), "example.org", 80),
                arguments("SOCKS4A: a name behind 0.0.0.255", "04 01 01bb 000000ff 00" + text("a\0"), "a", 443),
                arguments("SOCKS4A: a name behind a user id", "04 01 0050 00000001" + text("me\0a\0"), "a", 80),
                arguments("SOCKS4A: a name of 255 bytes", NAMED + text(longest) + "00", longest, 80));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("targets")
    void dialsWhatIsAskedFor(String rule, String sent, String host, int port) {
        for (InboundProbe probe : sentEachWay(ENTRY, sent)) {
            try (probe) {
                assertThat(probe.told()).isEmpty();
                assertThat(probe.dialed()).as(rule).containsExactly(new HostPort(host, port));
                assertThat(probe.session().user())
                        .as("a user id proves nothing")
                        .isEmpty();
            }
        }
    }

    @ParameterizedTest(name = "SOCKS4 section 1: {0} is told by 91, since 92 and 93 speak of identd")
    @EnumSource
    void tellsThatADialFailed(Reason reason) {
        try (InboundProbe probe = new InboundProbe(ENTRY)) {
            probe.send("04 01 0050 7f000001 00");
            probe.dial().setFailure(new DialException(reason, HopRef.TARGET, Step.CONNECT, "no"));
            assertThat(probe.told()).isEqualTo(REJECTED);
        }
    }

    @Test
    void cutsOffAClientThatTakesTooLong() {
        try (InboundProbe probe = new InboundProbe(ENTRY)) {
            probe.send("04 01 0050 7f000001" + text("me"));
            probe.pass(ENTRY.timeout());
            assertThat(probe.told()).isEqualTo("x");
            assertThat(probe.outcomes()).containsExactly("no request within 10000 ms");
        }
    }
}
