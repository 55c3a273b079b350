package io.hopline.socks;

import static io.hopline.testkit.Hex.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.hopline.api.DialException.Reason;
import io.hopline.api.HopRef;
import io.hopline.api.HostPort;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What the client side makes of each byte that a server may send; rules are those of the descriptions of SOCKS 4 and 4A. */
class Socks4ClientTest {

    private static final HostPort SERVER = HostPort.parse("10.0.0.5:1080");
    private static final Socks4Hop SOCKS4 = Socks4Hop.to(SERVER);
    private static final Socks4Hop SOCKS4A = Socks4Hop.withNamesTo(SERVER);
    private static final String GRANTED = "00 5a 0000 00000000";

    static Stream<Arguments> targets() {
        return Stream.of(
                arguments("SOCKS4 section 1: an address", SOCKS4, "127.0.0.1:80", "040100507f00000100"),
                arguments(
                        "SOCKS4 section 1: a user id",
                        SOCKS4.withUserId("me"),
                        "10.0.0.1:65535",
                        "0401ffff0a000001" + text("me\0")),
                arguments("SOCKS4A: an address needs no name", SOCKS4A, "127.0.0.1:80", "040100507f00000100"),
                arguments("SOCKS4A: a name", SOCKS4A, "example.org:443", "040101bb0000000100" + text("example.org\0")),
                arguments(
                        "SOCKS4A: a name behind a user id",
                        SOCKS4A.withUserId("me"),
                        "a:80",
                        "0401005000000001" + text("me\0a\0")),
                arguments(
                        "SOCKS4A: an address like an announcement is a name",
                        SOCKS4A,
                        "0.0.0.7:80",
                        "040100500000000100" + text("0.0.0.7\0")));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("targets")
    void asksForTheTarget(String rule, Socks4Hop hop, String target, String asked) {
        try (OutboundProbe probe = new OutboundProbe(hop, target)) {
            assertThat(probe.told()).as(rule).isEqualTo(asked);
            probe.send(GRANTED);
            assertThat(probe.open()).isTrue();
        }
    }

    static Stream<Arguments> unspeakable() {
        return Stream.of(
                arguments(SOCKS4, "example.org:80", "SOCKS4 can't carry names; use socks4a or socks5"),
                arguments(SOCKS4, "[::1]:80", "SOCKS4 can't carry IPv6 addresses; use socks5"),
                arguments(SOCKS4, "0.0.0.7:80", "SOCKS4 can't carry this address; use socks4a or socks5"),
                arguments(SOCKS4A, "[::1]:80", "SOCKS4a can't carry IPv6 addresses; use socks5"));
    }

    @ParameterizedTest(name = "{2}: {1}")
    @MethodSource("unspeakable")
    void dialsNoServerForWhatItCannotBeAsked(Socks4Hop hop, String target, String why) {
        try (OutboundProbe probe = new OutboundProbe(hop, target)) {
            assertThat(probe.failure().reason()).isEqualTo(Reason.UNREACHABLE);
            assertThat(probe.failure().at()).isEqualTo(HopRef.of(1, hop));
            assertThat(probe.failure()).hasMessageEndingWith(why);
            assertThat(probe.reached()).isFalse();
        }
    }

    @Test
    void takesTheReplyAndNotAByteMore() {
        try (OutboundProbe probe = new OutboundProbe(SOCKS4, "127.0.0.1:80")) {
            probe.send(GRANTED + text("hello"));
            assertThat(probe.open()).isTrue();
            assertThat(probe.leftOver()).isEqualTo(text("hello"));
        }
    }

    @Test
    void takesTheReplyByteByByte() {
        try (OutboundProbe probe = new OutboundProbe(SOCKS4A, "example.org:80")) {
            for (String octet : "00 5a 12 34 7f 00 00 01".split(" ")) {
                assertThat(probe.underway()).isTrue();
                probe.send(octet);
            }
            assertThat(probe.open()).isTrue();
            assertThat(probe.leftOver()).isEmpty();
            assertThat(probe.server().pipeline().names()).hasSize(2);
        }
    }

    static Stream<Arguments> failures() {
        String server = "hop 1 (socks4 10.0.0.5:1080)";
        return Stream.of(
                arguments(
                        "SOCKS4 section 1: VN of a reply is 0",
                        "04 5a 0000 00000000",
                        Reason.PROTOCOL,
                        server + ", handshake: the server doesn't speak SOCKS4"),
                arguments(
                        "SOCKS4 section 1: HTTP is no reply",
                        text("HTTP/1.1 400 Bad Request\r\n\r\n"),
                        Reason.PROTOCOL,
                        server + ", handshake: the server doesn't speak SOCKS4"),
                arguments(
                        "SOCKS4 section 1: CD 89 is none",
                        "00 59 0000 00000000",
                        Reason.PROTOCOL,
                        server + ", handshake: the server sent a reply with the unknown code 89"),
                arguments(
                        "SOCKS4 section 1: CD 94 is none",
                        "00 5e 0000 00000000",
                        Reason.PROTOCOL,
                        server + ", handshake: the server sent a reply with the unknown code 94"),
                arguments(
                        "SOCKS4 section 1: 91",
                        "00 5b 0000 00000000",
                        Reason.REFUSED,
                        "target, TCP: " + server + " says: request rejected or failed (91)"),
                arguments(
                        "SOCKS4 section 1: 92",
                        "00 5c 0000 00000000",
                        Reason.AUTH,
                        server
                                + ", handshake: request rejected because the server can't ask an identd on the client (92)"),
                arguments(
                        "SOCKS4 section 1: 93",
                        "00 5d 0000 00000000",
                        Reason.AUTH,
                        server + ", handshake: request rejected because identd reports another user id (93)"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("failures")
    void tellsWhyThereIsNoStream(String rule, String reply, Reason reason, String told) {
        try (OutboundProbe probe = new OutboundProbe(SOCKS4, "127.0.0.1:80")) {
            probe.send(reply);
            assertThat(probe.failure().reason()).as(rule).isEqualTo(reason);
            assertThat(probe.failure()).hasMessageStartingWith(told);
            assertThat(probe.server().isOpen()).isFalse();
        }
    }
}
