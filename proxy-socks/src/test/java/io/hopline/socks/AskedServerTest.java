package io.hopline.socks;

import static io.hopline.testkit.Hex.text;
import static org.assertj.core.api.Assertions.assertThat;

import io.hopline.api.DialException.Reason;
import io.hopline.api.HostPort;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * How the client side waits for a peer by BIND; sections are those of RFC 1928 unless said otherwise.
 */
class AskedServerTest {

    private static final String PEER = "192.0.2.1";

    private final List<HostPort> listening = new ArrayList<>();

    private OutboundProbe awaiting(AskedVersion version, String peer) {
        OutboundProbe probe = OutboundProbe.awaiting(version.hop(), peer, listening::add);
        probe.send(version.greeted);
        return probe;
    }

    @ParameterizedTest(name = "{0}, asked for {1}: {2}")
    @CsvSource({
        "SOCKS4, 192.0.2.1, 04020000c000020100",
        "SOCKS5, 192.0.2.1, 05010005020001c00002010000",
        "SOCKS5, ::1, 05010005020004000000000000000000000000000000010000",
        "SOCKS5, ftp.example, 050100050200030b6674702e6578616d706c650000"
    })
    void asksForAPeer(AskedVersion version, String peer, String told) {
        try (OutboundProbe probe = awaiting(version, peer)) {
            assertThat(probe.told()).isEqualTo(told);
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("versions")
    void tellsWhereToConnectAndThenWhoHas(AskedVersion version) {
        try (OutboundProbe probe = awaiting(version, PEER)) {
            probe.send(version.listens);
            assertThat(listening).containsExactly(HostPort.parse("10.0.0.5:4660"));
            assertThat(probe.underway()).isTrue();
            probe.send(version.connected);
            assertThat(probe.peer()).isEqualTo(HostPort.parse("192.0.2.1:21"));
            assertThat(probe.leftOver()).isEmpty();
        }
    }

    static Stream<AskedVersion> versions() {
        return Stream.of(AskedVersion.values());
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("versions")
    void takesBothRepliesAtOnceAndNotAByteMore(AskedVersion version) {
        try (OutboundProbe probe = awaiting(version, PEER)) {
            probe.send(version.listens + version.connected + text("220"));
            assertThat(listening).hasSize(1);
            assertThat(probe.open()).isTrue();
            assertThat(probe.leftOver()).isEqualTo(text("220"));
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("versions")
    void takesBothRepliesByteByByte(AskedVersion version) {
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
    void tellsOfRepliesCutShortAtEachByte(AskedVersion version) {
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
    void waitsForThePeerAsLongAsItTakes(AskedVersion version) {
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
    void doesNotWaitLongForTheFirstReply(AskedVersion version) {
        try (OutboundProbe probe = awaiting(version, PEER)) {
            probe.pass(Duration.ofSeconds(30));
            assertThat(probe.failure().reason()).isEqualTo(Reason.TIMEOUT);
            assertThat(probe.server().isOpen()).isFalse();
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
    void takesTheServersOwnAddressForNone(String reply, AskedVersion version, String told) {
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
    void takesNobodyButThePeer(AskedVersion version, String expected, String reply, boolean taken) {
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
