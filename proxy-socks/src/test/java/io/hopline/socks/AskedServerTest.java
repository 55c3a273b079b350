package io.hopline.socks;

import static io.hopline.testkit.Hex.counted;
import static io.hopline.testkit.Hex.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.hopline.api.DialException.Reason;
import io.hopline.api.Hop;
import io.hopline.api.HopRef;
import io.hopline.api.HostPort;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What the client side makes of each byte that a server may answer to BIND and UDP ASSOCIATE; sections are those of RFC 1928 unless
 * said otherwise.
 */
class AskedServerTest {

    private static final HostPort SERVER = HostPort.parse("10.0.0.5:1080");
    private static final String PEER = "192.0.2.1";
    private static final String ANYBODY = "0.0.0.0";

    private final List<HostPort> listening = new ArrayList<>();

    /** One version's words. */
    private enum Version {
        SOCKS4("", "00 5a 1234 0a000005", "00 5a 0015 c0000201"),
        SOCKS5("05 00", "05 00 00 01 0a000005 1234", "05 00 00 01 c0000201 0015");

        final String greeted;
        final String listens;
        final String connected;

        Version(String greeted, String listens, String connected) {
            this.greeted = greeted;
            this.listens = listens;
            this.connected = connected;
        }

        Hop hop() {
            return this == SOCKS4 ? Socks4Hop.to(SERVER) : Socks5Hop.to(SERVER);
        }
    }

    private OutboundProbe awaiting(Version version, String peer) {
        OutboundProbe probe = OutboundProbe.awaiting(version.hop(), peer, listening::add);
        probe.send(version.greeted);
        return probe;
    }

    private static OutboundProbe associating() {
        OutboundProbe probe = OutboundProbe.associating(Version.SOCKS5.hop());
        probe.send("05 00");
        return probe;
    }

    @ParameterizedTest(name = "{0}, asked for {1}: {2}")
    @CsvSource({
        "SOCKS4, 192.0.2.1, 04020000c000020100",
        "SOCKS5, 192.0.2.1, 05010005020001c00002010000",
        "SOCKS5, ::1, 05010005020004000000000000000000000000000000010000",
        "SOCKS5, ftp.example, 050100050200030b6674702e6578616d706c650000"
    })
    void asksForAPeer(Version version, String peer, String told) {
        try (OutboundProbe probe = awaiting(version, peer)) {
            assertThat(probe.told()).isEqualTo(told);
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("versions")
    void tellsWhereToConnectAndThenWhoHas(Version version) {
        try (OutboundProbe probe = awaiting(version, PEER)) {
            probe.send(version.listens);
            assertThat(listening).containsExactly(HostPort.parse("10.0.0.5:4660"));
            assertThat(probe.underway()).isTrue();
            probe.send(version.connected);
            assertThat(probe.peer()).isEqualTo(HostPort.parse("192.0.2.1:21"));
            assertThat(probe.leftOver()).isEmpty();
        }
    }

    static Stream<Version> versions() {
        return Stream.of(Version.values());
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("versions")
    void takesBothRepliesAtOnceAndNotAByteMore(Version version) {
        try (OutboundProbe probe = awaiting(version, PEER)) {
            probe.send(version.listens + version.connected + text("220"));
            assertThat(listening).hasSize(1);
            assertThat(probe.open()).isTrue();
            assertThat(probe.leftOver()).isEqualTo(text("220"));
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("versions")
    void takesBothRepliesByteByByte(Version version) {
        try (OutboundProbe probe = awaiting(version, PEER)) {
            for (String octet : octets(version.listens + version.connected)) {
                assertThat(probe.underway()).isTrue();
                probe.send(octet);
            }
            assertThat(probe.open()).isTrue();
            assertThat(listening).hasSize(1);
        }
    }

    /** Wherever it stops, nobody is told of a peer who has not been told of whole. */
    @ParameterizedTest(name = "{0}")
    @MethodSource("versions")
    void tellsOfRepliesCutShortAtEachByte(Version version) {
        List<String> all = octets(version.listens + version.connected);
        for (int length = 0; length < all.size(); length++) {
            try (OutboundProbe probe = awaiting(version, PEER)) {
                probe.send(String.join("", all.subList(0, length)));
                probe.server().pipeline().fireUserEventTriggered(ChannelInputShutdownEvent.INSTANCE);
                assertThat(probe.failure().reason())
                        .as("behind %s bytes", length)
                        .isEqualTo(Reason.PROTOCOL);
                assertThat(probe.failure()).hasMessageContaining("closed the connection before it had replied");
                assertThat(probe.server().isOpen()).isFalse();
            }
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("versions")
    void waitsForThePeerAsLongAsItTakes(Version version) {
        try (OutboundProbe probe = awaiting(version, PEER)) {
            probe.send(version.listens);
            probe.pass(Duration.ofDays(1));
            assertThat(probe.underway()).isTrue();
            probe.send(version.connected);
            assertThat(probe.open()).isTrue();
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("versions")
    void doesNotWaitLongForTheFirstReply(Version version) {
        try (OutboundProbe probe = awaiting(version, PEER)) {
            probe.pass(Duration.ofSeconds(30));
            assertThat(probe.failure().reason()).isEqualTo(Reason.TIMEOUT);
            assertThat(probe.server().isOpen()).isFalse();
        }
    }

    static Stream<Arguments> wrongReplies() {
        return Stream.concat(
                Stream.of(
                        arguments("SOCKS4 section 2: VN is 0", Version.SOCKS4, "04 5a 1234 0a000005"),
                        arguments("SOCKS4 section 2: CD 89 is none", Version.SOCKS4, "00 59 1234 0a000005"),
                        arguments("SOCKS4 section 2: nobody is at port 0", Version.SOCKS4, "00 5a 0000 0a000005")),
                wrongRepliesOfSocks5());
    }

    private static Stream<Arguments> wrongRepliesOfSocks5() {
        return Stream.of(
                arguments("section 6: VER is 5", Version.SOCKS5, "04 00 00 01 0a000005 1234"),
                arguments("section 6: RSV is 0", Version.SOCKS5, "05 00 01 01 0a000005 1234"),
                arguments("section 6: RSV is 0, not 0xFF", Version.SOCKS5, "05 00 ff 01 0a000005 1234"),
                arguments("section 6: REP 9 is unassigned", Version.SOCKS5, "05 09 00 01 0a000005 1234"),
                arguments("section 6: ATYP 0 is none", Version.SOCKS5, "05 00 00 00 0a000005 1234"),
                arguments("section 6: ATYP 2 is none", Version.SOCKS5, "05 00 00 02 0a000005 1234"),
                arguments("section 6: ATYP 5 is none", Version.SOCKS5, "05 00 00 05 0a000005 1234"),
                arguments("section 5: a name has a byte at least", Version.SOCKS5, "05 00 00 03 00 1234"),
                arguments("section 5: a name holds no NUL", Version.SOCKS5, "05 00 00 03" + counted("a\0b") + "1234"),
                arguments("section 5: a name holds no space", Version.SOCKS5, "05 00 00 03" + counted("a b") + "1234"),
                arguments("section 6: nobody is at port 0", Version.SOCKS5, "05 00 00 01 0a000005 0000"),
                arguments(
                        "section 6: nobody is at port 0 of IPv6",
                        Version.SOCKS5,
                        "05 00 00 04 20010db8000000000000000000000001 0000"));
    }

    @ParameterizedTest(name = "{0}: the first reply")
    @MethodSource("wrongReplies")
    void takesNoWrongFirstReply(String rule, Version version, String reply) {
        try (OutboundProbe probe = awaiting(version, PEER)) {
            probe.send(reply);
            assertWrong(rule, version, probe);
            assertThat(listening).isEmpty();
        }
    }

    @ParameterizedTest(name = "{0}: the second reply")
    @MethodSource("wrongReplies")
    void takesNoWrongSecondReply(String rule, Version version, String reply) {
        try (OutboundProbe probe = awaiting(version, ANYBODY)) {
            probe.send(version.listens + reply + text("behind"));
            assertWrong(rule, version, probe);
            assertThat(listening).hasSize(1);
        }
    }

    @ParameterizedTest(name = "{0}: ASSOCIATE")
    @MethodSource("wrongRepliesOfSocks5")
    void takesNoWrongReplyToAssociate(String rule, Version version, String reply) {
        try (OutboundProbe probe = associating()) {
            probe.send(reply);
            assertWrong(rule, version, probe);
        }
    }

    private static void assertWrong(String rule, Version version, OutboundProbe probe) {
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
    void tellsWhatTheServerSaysOfThePeer(Version version, String reply, Reason reason) {
        for (String before : List.of("", version.listens)) {
            try (OutboundProbe probe = awaiting(version, PEER)) {
                probe.send(before + reply);
                assertThat(probe.failure().reason()).isEqualTo(reason);
                assertThat(probe.failure().at()).isEqualTo(HopRef.TARGET);
                assertThat(probe.server().isOpen()).isFalse();
            }
        }
    }

    @ParameterizedTest(name = "section 6: {0} listens at {1}")
    @CsvSource({
        "00 5a 1234 00000000, SOCKS4, 10.0.0.5:4660",
        "05 00 00 01 00000000 1234, SOCKS5, 10.0.0.5:4660",
        "05 00 00 04 00000000000000000000000000000000 1234, SOCKS5, 10.0.0.5:4660",
        "05 00 00 04 20010db8000000000000000000000001 1234, SOCKS5, [2001:db8::1]:4660",
        "05 00 00 03 0c 657869742e6578616d706c65 1234, SOCKS5, exit.example:4660"
    })
    void takesTheServersOwnAddressForNone(String reply, Version version, String told) {
        try (OutboundProbe probe = awaiting(version, PEER)) {
            probe.send(reply);
            assertThat(listening).containsExactly(HostPort.parse(told));
        }
    }

    @ParameterizedTest(name = "asked for {1}, {2} has come: {3}")
    @CsvSource({
        "SOCKS4, 192.0.2.1, 00 5a 0015 c0000202, false",
        "SOCKS4, 192.0.2.1, 00 5a 0015 00000000, false",
        "SOCKS4, 0.0.0.0, 00 5a 0015 c0000202, true",
        "SOCKS5, 192.0.2.1, 05 00 00 01 c0000202 0015, false",
        "SOCKS5, 192.0.2.1, 05 00 00 01 00000000 0015, false",
        "SOCKS5, 192.0.2.1, 05 00 00 03 09 66702e6578616d70 6c 0015, false",
        "SOCKS5, 192.0.2.1, 05 00 00 04 20010db8000000000000000000000001 0015, false",
        "SOCKS5, 192.0.2.1, 05 00 00 04 00000000000000000000ffffc0000201 0015, true",
        "SOCKS5, 2001:db8::1, 05 00 00 04 20010db8000000000000000000000001 0015, true",
        "SOCKS5, 2001:db8::1, 05 00 00 04 20010db8000000000000000000000002 0015, false",
        "SOCKS5, ::, 05 00 00 01 c0000202 0015, true",
        "SOCKS5, ftp.example, 05 00 00 01 c0000202 0015, true"
    })
    void takesNobodyButThePeer(Version version, String expected, String reply, boolean taken) {
        try (OutboundProbe probe = awaiting(version, expected)) {
            probe.send(version.listens + reply);
            assertThat(probe.open()).isEqualTo(taken);
            if (!taken) {
                assertThat(probe.failure().reason()).isEqualTo(Reason.DENIED);
                assertThat(probe.failure()).hasMessageEndingWith("and not from " + expected);
                assertThat(probe.server().isOpen()).isFalse();
            }
        }
    }

    private static List<String> octets(String hex) {
        return hex.replace(" ", "")
                .replaceAll("..", "$0 ")
                .lines()
                .flatMap(l -> Stream.of(l.split(" ")))
                .toList();
    }
}
