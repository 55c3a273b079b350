package io.hopline.http;

import static io.hopline.testkit.Front.row;
import static org.assertj.core.api.Assertions.assertThat;

import io.hopline.api.settings.Settings;
import io.hopline.testkit.Front;
import io.hopline.testkit.LoopbackOutbound;
import io.hopline.testkit.Target;
import io.hopline.testkit.Wire;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What could be read in two ways is refused before anything is dialed, and nothing behind it is read (RFC 9112, RFC 9110), in each
 * way that clients meet us.
 */
final class RequestRefusalTest {

    private static final String HOST = " HTTP/1.1\r\nHost: h\r\n";
    private static final String GET = "GET http://h/" + HOST;
    private static final String POST = "POST http://h/" + HOST;
    private static final String CHUNKED = POST + "Transfer-Encoding: chunked\r\n\r\n";
    private static final String BEHIND = "GET http://behind.example/ HTTP/1.1\r\nHost: behind.example\r\n\r\n";

    static Stream<Object[]> refusesBeforeAnythingIsDialed() {
        return Front.inEachWay(
                row("the request line: two spaces (9112 3)", "GET  http://h/" + HOST + "\r\n", 400),
                row("the request line: a tab (9112 3)", "GET\thttp://h/" + HOST + "\r\n", 400),
                row("the request line: a vertical tab (9112 3)", "GET\u000bhttp://h/" + HOST + "\r\n", 400),
                row("the request line: a space before (9112 3)", " GET http://h/" + HOST + "\r\n", 400),
                row("the request line: a space behind (9112 3)", "GET http://h/ HTTP/1.1 \r\nHost: h\r\n\r\n", 400),
                row("the request line: four words (9112 3)", "GET http://h/ x HTTP/1.1\r\nHost: h\r\n\r\n", 400),
                row("the request line: no version (9112 3)", "GET http://h/\r\nHost: h\r\n\r\n", 400),
                row("the request line: the method alone (9112 3)", "GET\r\nHost: h\r\n\r\n", 400),
                row("the request line: no token for a method (9110 9.1)", "G(T http://h/" + HOST + "\r\n", 400),
                row("the request line: a control byte before (2026-50020)", "\u0001GET http://h/" + HOST + "\r\n", 400),
                row("the request line: a NUL before (2026-50020)", "\0GET http://h/" + HOST + "\r\n", 400),
                row("the request line: a bare CR (2025-67735)", "GET http://h/\rX HTTP/1.1\r\nHost: h\r\n\r\n", 400),
                row("the request line: a bare LF (9112 2.2)", "GET http://h/ HTTP/1.1\nHost: h\r\n\r\n", 400),
                row("the request line: a bare LF before (9112 2.2)", "\nGET http://h/" + HOST + "\r\n", 400),
                row("the request line: a bare CR before (9112 2.2)", "\rGET http://h/" + HOST + "\r\n", 400),
                row("the request line: CR CR LF before (9112 2.2)", "\r\r\nGET http://h/" + HOST + "\r\n", 400),
                row(
                        "the request line: a bare LF behind an empty line (9112 2.2)",
                        "\r\n\nGET http://h/" + HOST + "\r\n",
                        400),
                row("the version: lower case (9112 2.3)", "GET http://h/ http/1.1\r\nHost: h\r\n\r\n", 400),
                row("the version: two digits (9112 2.3)", "GET http://h/ HTTP/1.10\r\nHost: h\r\n\r\n", 400),
                row("the version: another name (9112 2.3)", "GET http://h/ ICAP/1.0\r\nHost: h\r\n\r\n", 400),
                row("the version: 2.0 (9110 15.6.6)", "GET http://h/ HTTP/2.0\r\nHost: h\r\n\r\n", 505),
                row("the version: 0.9 (9110 15.6.6)", "GET http://h/ HTTP/0.9\r\nHost: h\r\n\r\n", 505),
                row("the version: 1.2 (9110 15.6.6)", "GET http://h/ HTTP/1.2\r\nHost: h\r\n\r\n", 505),
                row("the target: origin-form (9112 3.2.1)", "GET /" + HOST + "\r\n", 400),
                row("the target: asterisk-form (9112 3.2.4)", "GET *" + HOST + "\r\n", 400),
                row("the target: authority-form (9112 3.2.3)", "GET h:80" + HOST + "\r\n", 400),
                row("the target: https (9110 4.2.2)", "GET https://h/" + HOST + "\r\n", 501),
                row("the target: another scheme", "GET ftp://h/" + HOST + "\r\n", 501),
                row("the target: no host (9110 4.2.1)", "GET http:///x" + HOST + "\r\n", 400),
                row("the target: a port alone (9110 4.2.1)", "GET http://:80/x" + HOST + "\r\n", 400),
                row("the target: port 0", "GET http://h:0/" + HOST + "\r\n", 400),
                row("the target: port 65536", "GET http://h:65536/" + HOST + "\r\n", 400),
                row("the target: a port of 2^32 and 80", "GET http://h:4294967376/" + HOST + "\r\n", 400),
                row("the target: a signed port", "GET http://h:+80/" + HOST + "\r\n", 400),
                row("the target: IPv6 without brackets (3986 3.2.2)", "GET http://::1/" + HOST + "\r\n", 400),
                row("the target: a zone (6874)", "GET http://[fe80::1%25e]/" + HOST + "\r\n", 400),
                row("the target: a backslash in the host", "GET http://h\\x/" + HOST + "\r\n", 400),
                row("the target: an escape in the host", "GET http://%68/" + HOST + "\r\n", 400),
                row("the target: a NUL in the host", "GET http://h\0x/" + HOST + "\r\n", 400),
                row("the target: a fragment (9112 3.2)", "GET http://h/#x" + HOST + "\r\n", 400),
                row("the target: a backslash in the userinfo (3986 3.2.1)", "GET http://x\\@h/" + HOST + "\r\n", 400),
                row("the target: two at signs (3986 3.2.1)", "GET http://x@y@h/" + HOST + "\r\n", 400),
                row("the target: a bracket in the userinfo (3986 3.2.1)", "GET http://[x]@h/" + HOST + "\r\n", 400),
                row("the target: a control byte in the path (9112 3.2)", "GET http://h/a\u0001b" + HOST + "\r\n", 400),
                row("the target: a DEL in the path (9112 3.2)", "GET http://h/a\u007fb" + HOST + "\r\n", 400),
                row("the target: asterisk-form of TRACE (9112 3.2.4)", "TRACE *" + HOST + "\r\n", 400),
                row("the target: too long (9110 15.5.15)", "GET http://h/" + "a".repeat(9000) + HOST + "\r\n", 414),
                row("Host: none (9112 3.2)", "GET http://h/ HTTP/1.1\r\n\r\n", 400),
                row("Host: two (9112 3.2)", GET + "Host: h\r\n\r\n", 400),
                row("Host: two that differ (9112 3.2)", GET + "Host: i\r\n\r\n", 400),
                row("Host: a space (9112 3.2)", host("a b"), 400),
                row("Host: a path (9112 3.2)", host("h/"), 400),
                row("Host: userinfo (9112 3.2)", host("u@h"), 400),
                row("Host: a list (9112 3.2)", host("h,i"), 400),
                row("Host: a URL (9112 3.2)", host("http://h"), 400),
                row("Host: a port by name (9112 3.2)", host("h:http"), 400),
                row("Host: port 65536 (9112 3.2)", host("h:65536"), 400),
                row("Host: a port alone (9112 3.2)", host(":80"), 400),
                row("Host: IPv6 without brackets (9112 3.2)", host("::1"), 400),
                row("fields: a space before the colon (9112 5.1)", GET + "A : b\r\n\r\n", 400),
                row("fields: a tab before the colon (9112 5.1)", GET + "A\t: b\r\n\r\n", 400),
                row("fields: no colon (9112 5)", GET + "A\r\n\r\n", 400),
                row("fields: no name (9112 5)", GET + ": b\r\n\r\n", 400),
                row("fields: no token for a name (9110 5.1)", GET + "A(b): c\r\n\r\n", 400),
                row("fields: folding by a space (9112 5.2)", GET + "A: b\r\n c\r\n\r\n", 400),
                row("fields: folding by a tab (9112 5.2)", GET + "A: b\r\n\tc\r\n\r\n", 400),
                row("fields: folding of the first (9112 2.2)", "GET http://h/ HTTP/1.1\r\n Host: h\r\n\r\n", 400),
                row("fields: a bare LF (9112 2.2)", GET + "A: b\nC: d\r\n\r\n", 400),
                row("fields: a bare LF at their end (9112 2.2)", GET + "A: b\r\n\n", 400),
                row("fields: a bare CR (9112 2.2)", GET + "A: b\rC: d\r\n\r\n", 400),
                row("fields: a NUL (9110 5.5)", GET + "A: b\0c\r\n\r\n", 400),
                row("fields: a control byte in a name (9110 5.1)", GET + "A\u0001: b\r\n\r\n", 400),
                row("fields: too large (6585 5)", GET + "A: " + "b".repeat(40_000) + "\r\n\r\n", 431),
                row("fields: 4 MiB (6585 5)", GET + "A: " + "b".repeat(4 << 20) + "\r\n\r\n", 431),
                row("fields: too many by their bytes (6585 5)", GET + "A: b\r\n".repeat(12_000) + "\r\n", 431),
                row("fields: one too many, with Host (6585 5)", GET + "A: b\r\n".repeat(200) + "\r\n", 431),
                row(
                        "length: with a coding (9112 6.3)",
                        POST + "Content-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n",
                        400),
                row(
                        "length: with a coding, the other way (9112 6.3)",
                        POST + "Transfer-Encoding: chunked\r\nContent-Length: 1\r\n\r\n",
                        400),
                row("length: two that differ (9112 6.3)", POST + "Content-Length: 1\r\nContent-Length: 2\r\n\r\n", 400),
                row("length: two alike (9110 8.6)", POST + "Content-Length: 1\r\nContent-Length: 1\r\n\r\n", 400),
                row("length: a list (9110 8.6)", POST + "Content-Length: 1, 1\r\n\r\n", 400),
                row("length: plus (9110 8.6)", POST + "Content-Length: +1\r\n\r\na", 400),
                row("length: minus (9110 8.6)", POST + "Content-Length: -1\r\n\r\na", 400),
                row("length: hexadecimal (9110 8.6)", POST + "Content-Length: 0x1\r\n\r\na", 400),
                row("length: a fraction (9110 8.6)", POST + "Content-Length: 1.0\r\n\r\na", 400),
                row("length: a space within (9110 8.6)", POST + "Content-Length: 1 0\r\n\r\na", 400),
                row("length: empty (9110 8.6)", POST + "Content-Length: \r\n\r\na", 400),
                row("length: 2^64 (9110 8.6)", POST + "Content-Length: 18446744073709551616\r\n\r\n", 400),
                row("length: 2^63 (9110 8.6)", POST + "Content-Length: 9223372036854775808\r\n\r\n", 400),
                row("coding: behind chunked (9112 6.1)", POST + "Transfer-Encoding: chunked, gzip\r\n\r\n", 400),
                row("coding: chunked twice (9112 6.1)", POST + "Transfer-Encoding: chunked, chunked\r\n\r\n", 400),
                row(
                        "coding: two fields (2026-42585)",
                        POST + "Transfer-Encoding: chunked\r\nTransfer-Encoding: gzip\r\n\r\n",
                        400),
                row("coding: unknown (9112 6.1)", POST + "Transfer-Encoding: gzip\r\n\r\n", 400),
                row("coding: before chunked (9112 6.1)", POST + "Transfer-Encoding: gzip, chunked\r\n\r\n", 501),
                row("coding: misspelt (2019-20445)", POST + "Transfer-Encoding: xchunked\r\n\r\n", 400),
                row("coding: with a control byte (2019-16869)", POST + "Transfer-Encoding: \u000bchunked\r\n\r\n", 400),
                row("coding: a space before the colon (2019-16869)", POST + "Transfer-Encoding : chunked\r\n\r\n", 400),
                row("coding: folded (2019-20444)", POST + "Transfer-Encoding:\r\n chunked\r\n\r\n", 400),
                row(
                        "coding: in HTTP/1.0 (9112 6.1)",
                        "POST http://h/ HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
                        400),
                row(
                        "coding: with a length in HTTP/1.0 (2026-42581)",
                        "POST http://h/ HTTP/1.0\r\nTransfer-Encoding: chunked\r\nContent-Length: 3\r\n\r\n0\r\n\r\n",
                        400),
                row("CONNECT: a body (9110 9.3.6)", "CONNECT h:1" + HOST + "Content-Length: 1\r\n\r\na", 400),
                row("TRACE: a body (9110 9.3.8)", "TRACE http://h/" + HOST + "Content-Length: 1\r\n\r\na", 400),
                row(
                        "TRACE: Max-Forwards is no number (9110 7.6.2)",
                        "TRACE http://h/" + HOST + "Max-Forwards: x\r\n\r\n",
                        400),
                row(
                        "OPTIONS: two Max-Forwards (9110 7.6.2)",
                        "OPTIONS http://h/" + HOST + "Max-Forwards: 1\r\nMax-Forwards: 0\r\n\r\n",
                        400));
    }

    private static String host(String value) {
        return "GET http://h/ HTTP/1.1\r\nHost: " + value + "\r\n\r\n";
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource
    void refusesBeforeAnythingIsDialed(Front.Way way, String rule, String request, int status) throws Exception {
        LoopbackOutbound outbound = new LoopbackOutbound();
        try (Front front = front(way, outbound);
                Wire client = front.send(request).write(BEHIND).endOutput()) {
            String answer = client.readAll();
            assertThat(answer)
                    .as(rule)
                    .startsWith("HTTP/1.1 " + status + " ")
                    .contains("proxy-status: hopline; error=http_request_error; details=");
            assertThat(answer.split("HTTP/1\\.1 \\d{3} ", -1))
                    .as("answers, and one before")
                    .hasSizeLessThanOrEqualTo(status == 400 ? 2 : 3);
        }
        assertThat(outbound.dialed().stream().filter(target -> !target.host().equals("behind.example")))
                .isEmpty();
    }

    /**
     * The head was fine, so that something was dialed; but the body's end is never told as one. Where all of it came before the origin
     * had been reached the dial is stopped, and an origin that was about to accept it sees a connection without a byte.
     */
    static Stream<Object[]> neverEndsABrokenBody() {
        return Front.inEachWay(
                row("chunks: no size (9112 7.1)", "\r\nabc\r\n0\r\n\r\n"),
                row("chunks: plus (9112 7.1)", "+3\r\nabc\r\n0\r\n\r\n"),
                row("chunks: minus (9112 7.1)", "-3\r\nabc\r\n0\r\n\r\n"),
                row("chunks: 0x (9112 7.1)", "0x3\r\nabc\r\n0\r\n\r\n"),
                row("chunks: no digit (9112 7.1)", "g\r\nabc\r\n0\r\n\r\n"),
                row("chunks: 2^32 (2026-42580)", "100000003\r\nabc\r\n0\r\n\r\n"),
                row("chunks: 2^64 (2026-42580)", "10000000000000003\r\nabc\r\n0\r\n\r\n"),
                row("chunks: 2^31 (2026-42580)", "80000003\r\nabc\r\n0\r\n\r\n"),
                row("chunks: longer than said (9112 7.1)", "2\r\nabc\r\n0\r\n\r\n"),
                row("chunks: CR CR behind (9112 7.1)", "3\r\nabc\r\r0\r\n\r\n"),
                row("chunks: a bare LF behind the size (9112 2.2)", "3\nabc\r\n0\r\n\r\n"),
                row("chunks: a bare LF behind the data (9112 2.2)", "3\r\nabc\n0\r\n\r\n"),
                row("chunks: a LF in an extension (2025-58056)", "3;a\nb\r\nabc\r\n0\r\n\r\n"),
                row("chunks: a CR in an extension (2025-58056)", "3;a\rb\r\nabc\r\n0\r\n\r\n"),
                row("chunks: a line end in a quoted extension (2026-33870)", "3;a=\"\r\nabc\r\n0\r\n\r\n\"\r\n"),
                row("chunks: a NUL in an extension (9112 7.1.1)", "3;a\0b\r\nabc\r\n0\r\n\r\n"),
                row("chunks: a space before the size (9112 7.1)", " 3\r\nabc\r\n0\r\n\r\n"),
                row("chunks: a space behind the size (9112 7.1)", "3 \r\nabc\r\n0\r\n\r\n"),
                row("chunks: junk behind a space (9112 7.1)", "3 0\r\nabc\r\n0\r\n\r\n"),
                row("chunks: a NUL behind the size (9112 7.1)", "3\0\r\nabc\r\n0\r\n\r\n"),
                row("chunks: an endless extension (9112 7.1.1)", "3;a=" + "b".repeat(9000) + "\r\nabc\r\n0\r\n\r\n"),
                row("trailers: folding by a space (9112 5.2)", "3\r\nabc\r\n0\r\nA: b\r\n c\r\n\r\n"),
                row("trailers: folding by a tab (9112 5.2)", "3\r\nabc\r\n0\r\nA: b\r\n\tc\r\n\r\n"),
                row("trailers: folding of the first (9112 5.2)", "3\r\nabc\r\n0\r\n A: b\r\n\r\n"),
                row("trailers: a control byte (9110 5.5)", "3\r\nabc\r\n0\r\nA: \u0001b\r\n\r\n"),
                row("trailers: no colon (9112 7.1.2)", "3\r\nabc\r\n0\r\nA\r\n\r\n"),
                row("trailers: a space before the colon (9112 5.1)", "3\r\nabc\r\n0\r\nA : b\r\n\r\n"),
                row("trailers: a bare LF (9112 2.2)", "3\r\nabc\r\n0\r\nA: b\n\r\n"),
                row("cut short: in a size (9112 8)", "3"),
                row("cut short: in a chunk (9112 8)", "3\r\nab"),
                row("cut short: without the last chunk (9112 8)", "3\r\nabc\r\n"),
                row("cut short: in the trailers (9112 8)", "3\r\nabc\r\n0\r\nA: b\r\n"));
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource
    void neverEndsABrokenBody(Front.Way way, String rule, String body) throws Exception {
        try (Target origin = Target.listen();
                Front front = front(way, new LoopbackOutbound());
                Wire client = front.send(CHUNKED.replace("http://h/", "http://" + origin.address() + "/") + body)
                        .endOutput()) {
            assertThat(client.readAll()).as(rule).startsWith("HTTP/1.1 400 ").containsOnlyOnce("HTTP/1.1");
            if (origin.connections() > 0) {
                try (Wire server = origin.accept()) {
                    assertThat(server.expectResetOrNothing()).doesNotContain("\r\n0\r\n\r\n");
                }
            }
        }
    }

    private static Front front(Front.Way way, LoopbackOutbound outbound) throws InterruptedException {
        return new Front(way, hocon -> Settings.read("inbound.http", hocon, HttpEntry::read), HttpHop::to, outbound);
    }
}
