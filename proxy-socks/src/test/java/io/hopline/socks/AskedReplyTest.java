package io.hopline.socks;

import static io.hopline.testkit.Hex.counted;
import static io.hopline.testkit.Hex.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.hopline.api.DialException.Reason;
import io.hopline.api.HopRef;
import io.hopline.api.HostPort;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What the client side makes of replies to BIND and UDP ASSOCIATE that are wrong, or that refuse; sections are those of RFC 1928 unless
 * said otherwise.
 */
class AskedReplyTest {

    private static final String PEER = "192.0.2.1";
    private static final String ANYBODY = "0.0.0.0";

    private final List<HostPort> listening = new ArrayList<>();

    private OutboundProbe awaiting(AskedVersion version, String peer) {
        OutboundProbe probe = OutboundProbe.awaiting(version.hop(), peer, listening::add);
        probe.send(version.greeted);
        return probe;
    }

    private static OutboundProbe associating() {
        OutboundProbe probe = OutboundProbe.associating(AskedVersion.SOCKS5.hop());
        probe.send("05 00");
        return probe;
    }

    static Stream<Arguments> wrongReplies() {
        return Stream.concat(
                Stream.of(
                        arguments("SOCKS4 section 2: VN is 0", AskedVersion.SOCKS4, "04 5a 1234 0a000005"),
                        arguments("SOCKS4 section 2: CD 89 is none", AskedVersion.SOCKS4, "00 59 1234 0a000005"),
                        arguments("SOCKS4 section 2: nobody is at port 0", AskedVersion.SOCKS4, "00 5a 0000 0a000005")),
                wrongRepliesOfSocks5());
    }

    private static Stream<Arguments> wrongRepliesOfSocks5() {
        return Stream.of(
                arguments("section 6: VER is 5", AskedVersion.SOCKS5, "04 00 00 01 0a000005 1234"),
                arguments("section 6: RSV is 0", AskedVersion.SOCKS5, "05 00 01 01 0a000005 1234"),
                arguments("section 6: RSV is 0, not 0xFF", AskedVersion.SOCKS5, "05 00 ff 01 0a000005 1234"),
                arguments("section 6: REP 9 is unassigned", AskedVersion.SOCKS5, "05 09 00 01 0a000005 1234"),
                arguments("section 6: ATYP 0 is none", AskedVersion.SOCKS5, "05 00 00 00 0a000005 1234"),
                arguments("section 6: ATYP 2 is none", AskedVersion.SOCKS5, "05 00 00 02 0a000005 1234"),
                arguments("section 6: ATYP 5 is none", AskedVersion.SOCKS5, "05 00 00 05 0a000005 1234"),
                arguments("section 5: a name has a byte at least", AskedVersion.SOCKS5, "05 00 00 03 00 1234"),
                arguments(
                        "section 5: a name holds no NUL",
                        AskedVersion.SOCKS5,
                        "05 00 00 03" + counted("a\0b") + "1234"),
                arguments(
                        "section 5: a name holds no space",
                        AskedVersion.SOCKS5,
                        "05 00 00 03" + counted("a b") + "1234"),
                arguments("section 6: nobody is at port 0", AskedVersion.SOCKS5, "05 00 00 01 0a000005 0000"),
                arguments(
                        "section 6: nobody is at port 0 of IPv6",
                        AskedVersion.SOCKS5,
                        "05 00 00 04 20010db8000000000000000000000001 0000"));
    }

    @ParameterizedTest(name = "{0}: the first reply")
    @MethodSource("wrongReplies")
    void takesNoWrongFirstReply(String rule, AskedVersion version, String reply) {
        try (OutboundProbe probe = awaiting(version, PEER)) {
            probe.send(reply);
            assertWrong(rule, version, probe);
            assertThat(listening).isEmpty();
        }
    }

    @ParameterizedTest(name = "{0}: the second reply")
    @MethodSource("wrongReplies")
    void takesNoWrongSecondReply(String rule, AskedVersion version, String reply) {
        try (OutboundProbe probe = awaiting(version, ANYBODY)) {
            probe.send(version.listens + reply + text("behind"));
            assertWrong(rule, version, probe);
            assertThat(listening).hasSize(1);
        }
    }

    @ParameterizedTest(name = "{0}: ASSOCIATE")
    @MethodSource("wrongRepliesOfSocks5")
    void takesNoWrongReplyToAssociate(String rule, AskedVersion version, String reply) {
        try (OutboundProbe probe = associating()) {
            probe.send(reply);
            assertWrong(rule, version, probe);
        }
    }

    private static void assertWrong(String rule, AskedVersion version, OutboundProbe probe) {
        assertThat(probe.failure().reason()).as(rule).isEqualTo(Reason.PROTOCOL);
        assertThat(probe.failure().at()).isEqualTo(HopRef.of(1, version.hop()));
        assertThat(probe.server().isOpen()).isFalse();
    }

    @ParameterizedTest(name = "section 6: {0}, then {1}")
    @CsvSource({
        "SOCKS4, 00 5b 0000 00000000, REFUSED",
        "SOCKS5, 05 01, FAILED",
        "SOCKS5, 05 02, DENIED",
        "SOCKS5, 05 06, TIMEOUT",
        "SOCKS5, 05 07, REFUSED"
    })
    void tellsWhatTheServerSaysOfThePeer(AskedVersion version, String reply, Reason reason) {
        for (String before : List.of("", version.listens)) {
            try (OutboundProbe probe = awaiting(version, PEER)) {
                probe.send(before + reply);
                assertThat(probe.failure().reason()).isEqualTo(reason);
                assertThat(probe.failure().at()).isEqualTo(HopRef.TARGET);
                assertThat(probe.server().isOpen()).isFalse();
            }
        }
    }
}
