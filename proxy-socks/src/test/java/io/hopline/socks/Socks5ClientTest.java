package io.hopline.socks;

import static io.hopline.testkit.Hex.counted;
import static io.hopline.testkit.Hex.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.hopline.api.DialException.Reason;
import io.hopline.api.HopRef;
import io.hopline.api.HostPort;
import io.hopline.api.Step;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What the client side makes of each byte that a server may send; sections are those of RFC 1928 unless said otherwise. */
class Socks5ClientTest {

    private static final Socks5Hop HOP = Socks5Hop.to(HostPort.parse("10.0.0.5:1080"));
    private static final Socks5Hop ALICE = HOP.withAuth("alice", "secret");
    private static final String TARGET = "example.org:80";
    private static final String ASKED = "05010003" + counted("example.org") + "0050";
    private static final String OPEN = "05 00 00 01 00000000 0000";

    static Stream<Arguments> targets() {
        return Stream.of(
                arguments(
                        "section 5: a name travels as a name",
                        "example.org:443",
                        "03" + counted("example.org") + "01bb"),
                arguments("section 5: an IPv4 address as one", "127.0.0.1:80", "017f0000010050"),
                arguments("section 5: an IPv6 address as one", "[::1]:65535", "0400000000000000000000000000000001ffff"),
                arguments(
                        "section 5: a zone has no place in sixteen bytes",
                        "[fe80::1%eth0]:80",
                        "03" + counted("fe80::1%eth0") + "0050"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("targets")
    void asksForTheTarget(String rule, String target, String address) {
        try (OutboundProbe probe = new OutboundProbe(HOP, target)) {
            assertThat(probe.told()).as("section 3").isEqualTo("050100");
            probe.send("05 00");
            assertThat(probe.told()).as(rule).isEqualTo("050100" + address);
            assertThat(probe.underway()).isTrue();
            probe.send(OPEN);
            assertThat(probe.open()).isTrue();
        }
    }

    @Test
    void sendsThePasswordOnlyWhenTheServerAsksForIt() {
        try (OutboundProbe probe = new OutboundProbe(ALICE, TARGET)) {
            assertThat(probe.told()).isEqualTo("05020002");
            probe.send("05 00");
            assertThat(probe.told()).isEqualTo(ASKED);
        }
    }

    @Test
    void waitsForTheAnswerToThePassword() {
        try (OutboundProbe probe = new OutboundProbe(ALICE, TARGET)) {
            assertThat(probe.told()).isEqualTo("05020002");
            probe.send("05 02");
            assertThat(probe.told()).isEqualTo("01" + counted("alice") + counted("secret"));
            probe.send("01 00");
            assertThat(probe.told()).isEqualTo(ASKED);
            probe.send(OPEN);
            assertThat(probe.open()).isTrue();
        }
    }

    static Stream<Arguments> openings() {
        return Stream.of(
                arguments("section 6: bound to IPv4", "05 00 00 01 7f000001 1234"),
                arguments("section 6: bound to IPv6", "05 00 00 04 00000000000000000000000000000001 1234"),
                arguments("section 6: bound to a name", "05 00 00 03" + counted("exit.example") + "1234"),
                arguments("section 6: bound to a name of no bytes", "05 00 00 03 00 1234"),
                arguments(
                        "section 6: bound to a name of 255 bytes", "05 00 00 03" + counted("a".repeat(255)) + "1234"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("openings")
    void takesTheReplyAndNotAByteMore(String rule, String reply) {
        try (OutboundProbe probe = new OutboundProbe(HOP, TARGET)) {
            probe.send("05 00");
            probe.send(reply + text("hello"));
            assertThat(probe.open()).as(rule).isTrue();
            assertThat(probe.leftOver()).isEqualTo(text("hello"));
        }
    }

    @ParameterizedTest(name = "{0}, byte by byte")
    @MethodSource("openings")
    void takesTheReplyByteByByte(String rule, String reply) {
        try (OutboundProbe probe = new OutboundProbe(ALICE, TARGET)) {
            String all = ("05 02 01 00" + reply).replace(" ", "");
            for (int i = 0; i < all.length(); i += 2) {
                assertThat(probe.underway()).as(rule).isTrue();
                probe.send(all.substring(i, i + 2));
            }
            assertThat(probe.open()).as(rule).isTrue();
            assertThat(probe.leftOver()).isEmpty();
            assertThat(probe.server().pipeline().names()).hasSize(2);
        }
    }

    static Stream<Arguments> failuresOfTheServer() {
        return Stream.of(
                arguments("section 3: VER is 5", HOP, List.of("04 00"), Reason.PROTOCOL),
                arguments(
                        "section 3: HTTP is no reply",
                        HOP,
                        List.of(text("HTTP/1.1 400 Bad Request\r\n\r\n")),
                        Reason.PROTOCOL),
                arguments("section 3: GSSAPI was not offered", HOP, List.of("05 01"), Reason.PROTOCOL),
                arguments("section 3: a password was not offered", HOP, List.of("05 02"), Reason.PROTOCOL),
                arguments("section 3: no acceptable method", HOP, List.of("05 ff"), Reason.AUTH),
                arguments("section 3: no acceptable method for alice", ALICE, List.of("05 ff"), Reason.AUTH),
                arguments("RFC 1929 section 2: VER is 1", ALICE, List.of("05 02", "05 00"), Reason.PROTOCOL),
                arguments("RFC 1929 section 2: STATUS 1 is a failure", ALICE, List.of("05 02", "01 01"), Reason.AUTH),
                arguments(
                        "RFC 1929 section 2: STATUS 0xFF is a failure", ALICE, List.of("05 02", "01 ff"), Reason.AUTH),
                arguments("section 6: VER is 5", HOP, List.of("05 00", "00 00"), Reason.PROTOCOL),
                arguments("section 6: RSV is 0", HOP, List.of("05 00", "05 00 01 01 00000000 0000"), Reason.PROTOCOL),
                arguments(
                        "section 6: ATYP 2 is none",
                        HOP,
                        List.of("05 00", "05 00 00 02 00000000 0000"),
                        Reason.PROTOCOL),
                arguments(
                        "section 6: REP 9 is unassigned",
                        HOP,
                        List.of("05 00", "05 09 00 01 00000000 0000"),
                        Reason.PROTOCOL),
                arguments("section 6: REP 0xFF is unassigned", HOP, List.of("05 00", "05 ff"), Reason.PROTOCOL));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("failuresOfTheServer")
    void failsAtTheHop(String rule, Socks5Hop hop, List<String> replies, Reason reason) {
        try (OutboundProbe probe = new OutboundProbe(hop, TARGET)) {
            replies.forEach(probe::send);
            assertThat(probe.failure().reason()).as(rule).isEqualTo(reason);
            assertThat(probe.failure().at()).isEqualTo(HopRef.of(1, hop));
            assertThat(probe.failure().step()).isEqualTo(Step.HANDSHAKE);
            assertThat(probe.failure()).hasMessageNotContaining("secret");
            assertThat(probe.server().isOpen()).isFalse();
        }
    }

    @ParameterizedTest(name = "section 6: {0} means {1}")
    @CsvSource({
        "01,FAILED,general SOCKS server failure (1)",
        "02,DENIED,connection not allowed by ruleset (2)",
        "03,UNROUTABLE,network unreachable (3)",
        "04,UNREACHABLE,host unreachable (4)",
        "05,REFUSED,connection refused (5)",
        "06,TIMEOUT,TTL expired (6)",
        "07,REFUSED,command not supported (7)",
        "08,UNREACHABLE,address type not supported (8)"
    })
    void tellsWhatTheServerSaysOfTheTarget(String code, Reason reason, String words) {
        try (OutboundProbe probe = new OutboundProbe(HOP, TARGET)) {
            probe.send("05 00");
            probe.send("05" + code);
            assertThat(probe.failure().reason()).isEqualTo(reason);
            assertThat(probe.failure().at()).isEqualTo(HopRef.TARGET);
            assertThat(probe.failure()).hasMessage("target, TCP: hop 1 (socks5 10.0.0.5:1080) says: " + words);
            assertThat(probe.server().isOpen()).isFalse();
        }
    }

    @Test
    void givesUpOnAServerThatTakesTooLong() {
        try (OutboundProbe probe = new OutboundProbe(HOP, TARGET)) {
            probe.send("05 00");
            probe.send("05 00 00 01");
            probe.pass(HOP.timeout().minusMillis(1));
            assertThat(probe.underway()).isTrue();
            probe.pass(HOP.timeout());
            assertThat(probe.failure().reason()).isEqualTo(Reason.TIMEOUT);
            assertThat(probe.server().isOpen()).isFalse();
        }
    }

    @Test
    void tellsOfAReplyCutShort() {
        try (OutboundProbe probe = new OutboundProbe(HOP, TARGET)) {
            probe.send("05 00");
            probe.send("05 00 00 01 7f0000");
            probe.server().close();
            assertThat(probe.failure().reason()).isEqualTo(Reason.PROTOCOL);
            assertThat(probe.failure()).hasMessageContaining("closed the connection before it had replied");
        }
    }
}
