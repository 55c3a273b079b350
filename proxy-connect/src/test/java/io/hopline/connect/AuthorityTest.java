package io.hopline.connect;

import static org.assertj.core.api.Assertions.assertThat;

import io.hopline.api.HostPort;
import io.hopline.api.settings.Settings;
import io.hopline.testkit.Front;
import io.hopline.testkit.LoopbackOutbound;
import io.hopline.testkit.Target;
import io.hopline.testkit.Wire;
import java.io.IOException;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** CONNECT to the letter (RFC 9110 section 9.3.6, RFC 9112, RFC 3986, RFC 9931), in each way that clients meet it. */
final class AuthorityTest {

    private static final String HOST = " HTTP/1.1\r\nHost: h\r\n";

    private final LoopbackOutbound outbound = new LoopbackOutbound();
    private Target target;

    @BeforeEach
    void start() throws IOException {
        target = Target.listen();
    }

    @AfterEach
    void stop() throws IOException {
        target.close();
    }

    private Front front(Front.Way way) throws InterruptedException {
        return new Front(
                way, hocon -> Settings.read("inbound.connect", hocon, ConnectEntry::read), ConnectHop::to, outbound);
    }

    private static Object[] authority(String rule, String authority) {
        return Front.row(rule, "CONNECT " + authority + HOST + "\r\n", 400);
    }

    private static Object[] request(String rule, String request, int status) {
        return Front.row(rule, request, status);
    }

    static Stream<Object[]> refusesBeforeAnythingIsDialed() {
        return Front.inEachWay(
                authority("no port (9110 9.3.6)", "example.org"),
                authority("an IPv6 address without a port (9110 9.3.6)", "[::1]"),
                authority("an empty port (9110 9.3.6)", "example.org:"),
                authority("port 0", "example.org:0"),
                authority("port 00000", "example.org:00000"),
                authority("port 65536", "example.org:65536"),
                authority("port 99999", "example.org:99999"),
                authority("a port of six digits", "example.org:000080"),
                authority("a port of 2^32 and 80", "example.org:4294967376"),
                authority("a port of 2^64 and 80", "example.org:18446744073709551696"),
                authority("a negative port", "example.org:-80"),
                authority("a port with a plus", "example.org:+80"),
                authority("a port in hexadecimal", "example.org:0x50"),
                authority("a port by name", "example.org:http"),
                authority("a port of other digits", "example.org:\u00b2"),
                authority("two ports", "example.org:80:80"),
                authority("no host", ":443"),
                authority("a colon alone", ":"),
                authority("userinfo (9110 4.2.4)", "u:p@example.org:443"),
                authority("empty userinfo", "@example.org:443"),
                authority("a path", "example.org:443/x"),
                authority("a slash", "example.org:443/"),
                authority("a query", "example.org:443?x"),
                authority("a fragment", "example.org:443#x"),
                authority("a list", "a.example:443,b.example:443"),
                authority("two by semicolon", "a.example:443;b.example:443"),
                authority("an absolute URL", "https://example.org:443"),
                authority("a URL without scheme", "//example.org:443"),
                authority("an asterisk", "*"),
                authority("a wildcard", "*:443"),
                authority("origin-form", "/"),
                authority("a NUL in the host", "example.org\0.evil:443"),
                authority("a DEL in the host", "example.org\u007f:443"),
                authority("a byte above ASCII", "ex\u00e4mple.org:443"),
                authority("a backslash", "example.org\\x:443"),
                authority("a quote", "\"example.org\":443"),
                authority("a percent escape (3986 3.2.2)", "%65xample.org:443"),
                authority("an escaped CR LF", "example.org%0d%0aX:443"),
                authority("IPv6 without brackets", "::1:443"),
                authority("IPv6 with one bracket", "[::1:443"),
                authority("IPv6 with the other bracket", "::1]:443"),
                authority("IPv6 in two brackets", "[[::1]]:443"),
                authority("brackets around a name", "[example.org]:443"),
                authority("brackets around IPv4", "[192.0.2.1]:443"),
                authority("empty brackets", "[]:443"),
                authority("no address in brackets", "[::g]:443"),
                authority("a future address (3986 3.2.2)", "[v1.x]:443"),
                authority("a zone (6874)", "[fe80::1%eth0]:443"),
                authority("an escaped zone (6874)", "[fe80::1%25eth0]:443"),
                authority("junk behind the bracket", "[::1]x:443"),
                authority("a host of 256 characters", "a".repeat(256) + ":443"),
                request("a tab in the line (9112 3)", "CONNECT example.org:443\tx" + HOST + "\r\n", 400),
                request("two spaces (9112 3)", "CONNECT  example.org:443" + HOST + "\r\n", 400),
                request("a tab for a space (9112 3)", "CONNECT\texample.org:443" + HOST + "\r\n", 400),
                request("a space at the end (9112 3)", "CONNECT h:1 HTTP/1.1 \r\nHost: h\r\n\r\n", 400),
                request("no target (9112 3)", "CONNECT HTTP/1.1\r\nHost: h\r\n\r\n", 400),
                request("a method in lower case (9110 9.1)", "connect h:1" + HOST + "\r\n", 405),
                request("a body by length", "CONNECT h:1" + HOST + "Content-Length: 3\r\n\r\nabc", 400),
                request("a chunked body", "CONNECT h:1" + HOST + "Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n", 400),
                request("another coding", "CONNECT h:1" + HOST + "Transfer-Encoding: gzip\r\n\r\n", 400),
                request("a signed length (9112 6.3)", "CONNECT h:1" + HOST + "Content-Length: +0\r\n\r\n", 400),
                request("no Host (9112 3.2)", "CONNECT h:1 HTTP/1.1\r\n\r\n", 400),
                request("two Hosts (9112 3.2)", "CONNECT h:1" + HOST + "Host: h\r\n\r\n", 400),
                request("a bare LF in the line (9112 2.2)", "CONNECT h:1 HTTP/1.1\nHost: h\r\n\r\n", 400),
                request("a bare LF behind a field (9112 2.2)", "CONNECT h:1" + HOST + "A: b\nC: d\r\n\r\n", 400),
                request("a bare CR (9112 2.2)", "CONNECT h:1" + HOST + "A: b\rC: d\r\n\r\n", 400),
                request("folding (9112 5.2)", "CONNECT h:1" + HOST + "A: b\r\n c\r\n\r\n", 400),
                request("a space before a colon (9112 5.1)", "CONNECT h:1" + HOST + "A : b\r\n\r\n", 400),
                request("a NUL in a field (9110 5.5)", "CONNECT h:1" + HOST + "A: b\0c\r\n\r\n", 400),
                request("a version in lower case (9112 2.3)", "CONNECT h:1 http/1.1\r\nHost: h\r\n\r\n", 400),
                request("HTTP/2.0 (9110 15.6.6)", "CONNECT h:1 HTTP/2.0\r\nHost: h\r\n\r\n", 505),
                request("no version", "CONNECT h:1\r\nHost: h\r\n\r\n", 400),
                request("a long line (9110 15.5.15)", "CONNECT " + "h".repeat(9000) + ":1" + HOST + "\r\n", 414),
                request("a large head (6585 5)", "CONNECT h:1" + HOST + "A: " + "b".repeat(40_000) + "\r\n\r\n", 431));
    }

    /** RFC 9931 section 8: nothing behind a refused CONNECT is run, since it may be meant for the tunnel. */
    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource
    void refusesBeforeAnythingIsDialed(Front.Way way, String rule, String request, int status) throws Exception {
        try (Front front = front(way);
                Wire client = front.send(request).write("CONNECT " + target.address() + HOST + "\r\n")) {
            assertThat(client.readAll())
                    .as(rule)
                    .startsWith("HTTP/1.1 " + status + " ")
                    .containsOnlyOnce("HTTP/1.1 " + status)
                    .contains("proxy-status: hopline; error=http_request_error; details=")
                    .contains("connection: close\r\n");
        }
        assertThat(outbound.dialed()).isEmpty();
        assertThat(target.connections()).isZero();
    }

    static Stream<Object[]> takes() {
        return Front.inEachWay(
                Front.row("a name", "example.org:PORT"),
                Front.row("a name in capitals", "EXAMPLE.ORG:PORT"),
                Front.row("a name with an underscore", "a_b.example:PORT"),
                Front.row("a name with a dot at its end", "example.org.:PORT"),
                Front.row("a name of one letter", "h:PORT"),
                Front.row("a host of 255 characters", "a".repeat(255) + ":PORT"),
                Front.row("an IPv4 address", "192.0.2.1:PORT"),
                Front.row("an IPv6 address", "[2001:db8::1]:PORT"),
                Front.row("an IPv6 address with IPv4 in it", "[::ffff:192.0.2.1]:PORT"));
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource
    void takes(Front.Way way, String rule, String authority) throws Exception {
        String at = authority.replace("PORT", String.valueOf(target.address().port()));
        try (Front front = front(way);
                Wire client = front.send("CONNECT " + at + HOST + "\r\n");
                Wire server = target.accept()) {
            assertThat(client.readHead()).as(rule).isEqualTo("HTTP/1.1 200 Connection established\r\n\r\n");
            server.write("x");
            client.expect("x");
        }
        assertThat(outbound.dialed()).containsExactly(HostPort.parse(at));
    }

    @ParameterizedTest
    @EnumSource(Front.Way.class)
    void keepsWhatComesEarlyAndWhatTheServerSaysFirst(Front.Way way) throws Exception {
        try (Front front = front(way);
                Wire client = front.send("CONNECT " + target.address() + HOST + "\r\nearly");
                Wire server = target.accept()) {
            server.write("first");
            server.expect("early");
            assertThat(client.readHead()).startsWith("HTTP/1.1 200 ").doesNotContain("ength", "ncoding");
            client.expect("first");
            client.endOutput();
            assertThat(server.readAll()).isEmpty();
            server.write("last").endOutput();
            assertThat(client.readAll()).isEqualTo("last");
        }
    }

    @ParameterizedTest
    @EnumSource(Front.Way.class)
    void passesAResetOnAsAReset(Front.Way way) throws Exception {
        try (Front front = front(way);
                Wire client = front.send("CONNECT " + target.address() + " HTTP/1.0\r\n\r\n");
                Wire server = target.accept()) {
            client.readHead();
            server.reset();
            assertThat(client.expectReset()).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource(Front.Way.class)
    void says502RatherThan200WhenTheTargetRefuses(Front.Way way) throws Exception {
        try (Front front = front(way);
                Wire client = front.send("CONNECT " + Target.refusing() + HOST + "\r\nearly")) {
            assertThat(client.readAll())
                    .startsWith("HTTP/1.1 502 Bad Gateway\r\n")
                    .contains("proxy-status: hopline; error=")
                    .contains("connection: close\r\n");
        }
    }
}
