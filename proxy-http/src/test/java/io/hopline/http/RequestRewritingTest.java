package io.hopline.http;

import static io.hopline.testkit.Front.row;
import static org.assertj.core.api.Assertions.assertThat;

import io.hopline.api.settings.Settings;
import io.hopline.testkit.Front;
import io.hopline.testkit.LoopbackOutbound;
import io.hopline.testkit.Target;
import io.hopline.testkit.Wire;
import java.io.IOException;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What an origin reads of what a client sent (RFC 9110 section 7.6, RFC 9112 section 3.2), in each way that clients meet us. */
final class RequestRewritingTest {

    private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n";

    private Target origin;

    @BeforeEach
    void start() throws IOException {
        origin = Target.listen();
    }

    @AfterEach
    void stop() throws IOException {
        origin.close();
    }

    private static Front front(Front.Way way) throws InterruptedException {
        return new Front(
                way,
                hocon -> Settings.read("inbound.http", hocon, HttpEntry::read),
                HttpHop::to,
                new LoopbackOutbound());
    }

    /** AUTH stands for the origin's host and port; names of fields are compared in lower case. */
    static Stream<Object[]> writesWhatItHasRead() {
        return Front.inEachWay(
                row("origin-form (9112 3.2.1)", "GET http://AUTH/a?b HTTP/1.1", "", "GET /a?b HTTP/1.1\r\n"),
                row(
                        "bytes above ASCII in a path",
                        "GET http://AUTH/\u00e4\u00ff HTTP/1.1",
                        "",
                        "GET /\u00e4\u00ff HTTP/1.1\r\n"),
                row(
                        "an IPv6 address (3986 3.2.2)",
                        "GET http://[2001:db8::1]:PORT/a HTTP/1.1",
                        "",
                        "GET /a HTTP/1.1\r\n"),
                row(
                        "Host from an IPv6 address (9112 3.2.2)",
                        "GET http://[2001:db8::1]:PORT/ HTTP/1.1",
                        "",
                        "\r\nhost: [2001:db8::1]:PORT\r\n"),
                row("an empty path (9112 3.2.1)", "GET http://AUTH HTTP/1.1", "", "GET / HTTP/1.1\r\n"),
                row("a query without a path (9112 3.2.1)", "GET http://AUTH?q HTTP/1.1", "", "GET /?q HTTP/1.1\r\n"),
                row("a scheme in capitals (9110 4.2.3)", "GET HTTP://AUTH/ HTTP/1.1", "", "GET / HTTP/1.1\r\n"),
                row("userinfo dropped (9110 4.2.4)", "GET http://u:p@AUTH/ HTTP/1.1", "", "host: AUTH\r\n"),
                row("two slashes kept", "GET http://AUTH//a HTTP/1.1", "", "GET //a HTTP/1.1\r\n"),
                row("dots kept (9112 3.2)", "GET http://AUTH/a/../b HTTP/1.1", "", "GET /a/../b HTTP/1.1\r\n"),
                row("escapes kept (9110 4.2.3)", "GET http://AUTH/%41%zz HTTP/1.1", "", "GET /%41%zz HTTP/1.1\r\n"),
                row(
                        "a URL in the query",
                        "GET http://AUTH/?u=http://x/ HTTP/1.1",
                        "",
                        "GET /?u=http://x/ HTTP/1.1\r\n"),
                row("an at sign in the path", "GET http://AUTH/@x HTTP/1.1", "", "GET /@x HTTP/1.1\r\n"),
                row("our version (9110 2.5)", "GET http://AUTH/ HTTP/1.0", "", "GET / HTTP/1.1\r\n"),
                row("an unknown method (9110 9.1)", "BREW http://AUTH/ HTTP/1.1", "", "BREW / HTTP/1.1\r\n"),
                row("Host from the target (9112 3.2.2)", "GET http://AUTH/ HTTP/1.1", "Host: x", "\r\nhost: AUTH\r\n"),
                row("an empty Host (9112 3.2)", "GET http://AUTH/ HTTP/1.1", "Host:", "\r\nhost: AUTH\r\n"),
                row("Via (9110 7.6.3)", "GET http://AUTH/ HTTP/1.1", "", "\r\nvia: 1.1 hopline-"),
                row("Via of HTTP/1.0 (9110 7.6.3)", "GET http://AUTH/ HTTP/1.0", "", "\r\nvia: 1.0 hopline-"),
                row("Via of others (9110 7.6.3)", "GET http://AUTH/ HTTP/1.1", "Via: 1.1 x", "\r\nvia: 1.1 x\r\n"),
                row("OPTIONS of a server (9112 3.2.4)", "OPTIONS http://AUTH HTTP/1.1", "", "OPTIONS * HTTP/1.1\r\n"),
                row("OPTIONS of its root (9112 3.2.4)", "OPTIONS http://AUTH/ HTTP/1.1", "", "OPTIONS / HTTP/1.1\r\n"),
                row(
                        "Max-Forwards elsewhere (9110 7.6.2)",
                        "GET http://AUTH/ HTTP/1.1",
                        "Max-Forwards: 0",
                        "\r\nmax-forwards: 0\r\n"),
                row(
                        "Authorization (9110 11.6.2)",
                        "GET http://AUTH/ HTTP/1.1",
                        "Authorization: Basic x",
                        "\r\nauthorization: Basic x\r\n"),
                row("white space around a value (9112 5)", "GET http://AUTH/ HTTP/1.1", "A: \t b\t ", "\r\na: b\r\n"),
                row("an empty value (9110 5.5)", "GET http://AUTH/ HTTP/1.1", "A:", "\r\na: \r\n"),
                row(
                        "bytes above ASCII (9110 5.5)",
                        "GET http://AUTH/ HTTP/1.1",
                        "A: \u00e4\u00ff",
                        "\r\na: \u00e4\u00ff\r\n"),
                row(
                        "fields of one name in order (9110 5.3)",
                        "GET http://AUTH/ HTTP/1.1",
                        "A: 1\r\nA: 2",
                        "\r\na: 1\r\na: 2\r\n"),
                row(
                        "TE: trailers (9110 10.1.4)",
                        "GET http://AUTH/ HTTP/1.1",
                        "TE: trailers\r\nConnection: TE",
                        "\r\nte: trailers\r\n"),
                row(
                        "Connection can't take Host (9110 7.6.1)",
                        "GET http://AUTH/ HTTP/1.1",
                        "Connection: host",
                        "\r\nhost: AUTH\r\n"),
                row(
                        "Connection can't take Via (9110 7.6.1)",
                        "GET http://AUTH/ HTTP/1.1",
                        "Connection: via\r\nVia: 1.1 x",
                        "\r\nvia: 1.1 x\r\n"),
                row(
                        "an upgrade (9110 7.8)",
                        "GET http://AUTH/ HTTP/1.1",
                        "Connection: upgrade\r\nUpgrade: websocket",
                        "\r\nupgrade: websocket\r\n"),
                row(
                        "an upgrade to SPDY (9110 7.8)",
                        "GET http://AUTH/ HTTP/1.1",
                        "Connection: Upgrade\r\nUpgrade: SPDY/3.1",
                        "\r\nupgrade: SPDY/3.1\r\n"));
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource
    void writesWhatItHasRead(Front.Way way, String rule, String line, String fields, String expected) throws Exception {
        String head = head(way, line, fields);
        assertThat(head).as(rule).contains(at(expected));
        assertThat(head.split("\r\nhost:", -1)).as("one Host").hasSize(2);
        assertThat(head).doesNotContain("proxy-", "alice");
    }

    static Stream<Object[]> takesOffWhatWasForUs() {
        return Front.inEachWay(
                row("Proxy-Connection", "Proxy-Connection: keep-alive", "proxy-connection"),
                row("Keep-Alive (9110 7.6.1)", "Keep-Alive: 5", "keep-alive"),
                row("Connection (9110 7.6.1)", "Connection: close", "\r\nconnection: close"),
                row("what Connection names (9110 7.6.1)", "Connection: x-a, X-B\r\nX-A: 1\r\nX-B: 2", "x-a"),
                row(
                        "what a second Connection names (9110 7.6.1)",
                        "Connection: x-a\r\nConnection: x-b\r\nX-B: 2",
                        "x-b"),
                row("what an empty element stands beside (9110 5.6.1)", "Connection: ,, x-a ,\r\nX-A: 1", "x-a"),
                row("TE of other codings (9110 10.1.4)", "TE: gzip\r\nConnection: TE", "\r\nte:"),
                row("an upgrade that Connection does not name (9110 7.8)", "Upgrade: websocket", "upgrade"),
                row("HTTP2-Settings, named or not (9113 3.1)", "HTTP2-Settings: AAMA", "http2-settings"),
                row("Proxy-Authenticate (9110 11.7.1)", "Proxy-Authenticate: Basic", "proxy-authenticate"),
                row("Proxy-Authentication-Info (9110 11.7.3)", "Proxy-Authentication-Info: x", "proxy-auth"));
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource
    void takesOffWhatWasForUs(Front.Way way, String rule, String fields, String gone) throws Exception {
        assertThat(head(way, "GET http://AUTH/ HTTP/1.1", fields)).as(rule).doesNotContain(gone);
    }

    private String at(String text) {
        return text.replace("AUTH", origin.address().toString())
                .replace("PORT", String.valueOf(origin.address().port()));
    }

    private String head(Front.Way way, String line, String fields) throws Exception {
        String host = fields.startsWith("Host:") || line.endsWith("1.0") ? "" : "Host: other\r\n";
        String request = at(line) + "\r\n" + host + fields + (fields.isEmpty() ? "" : "\r\n") + "\r\n";
        try (Front front = front(way);
                Wire client = front.send(request);
                Wire server = origin.accept()) {
            String head = server.readHead();
            server.write(OK);
            assertThat(client.readHead()).startsWith("HTTP/1.1 200 OK\r\n");
            return lowerCaseNames(head);
        }
    }

    private static String lowerCaseNames(String head) {
        StringBuilder lower = new StringBuilder();
        for (String line : head.split("(?<=\r\n)")) {
            int colon = line.indexOf(": ");
            lower.append(
                    colon < 0 || lower.isEmpty()
                            ? line
                            : line.substring(0, colon).toLowerCase(Locale.ROOT) + line.substring(colon));
        }
        return lower.toString();
    }

    static Stream<Object[]> passesBodiesOn() {
        return Front.inEachWay(
                row("by length (9112 6.2)", "Content-Length: 3\r\n\r\nabc", "Content-Length: 3", "\r\n\r\nabc"),
                row("of length 0 (9110 8.6)", "Content-Length: 0\r\n\r\n", "Content-Length: 0", "\r\n\r\n"),
                row(
                        "by length with zeros (9110 8.6)",
                        "Content-Length: 003\r\n\r\nabc",
                        "content-length: 3",
                        "\r\n\r\nabc"),
                row(
                        "chunked (9112 7.1)",
                        "Transfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n",
                        "hunked",
                        "3\r\nabc\r\n0\r\n\r\n"),
                row(
                        "chunked in capitals (9112 7)",
                        "Transfer-Encoding: CHUNKED\r\n\r\n3\r\nabc\r\n0\r\n\r\n",
                        "ransfer-",
                        "3\r\nabc\r\n0\r\n\r\n"),
                row(
                        "sizes in capitals (9112 7.1)",
                        "Transfer-Encoding: chunked\r\n\r\nA\r\n0123456789\r\n0\r\n\r\n",
                        "hunked",
                        "a\r\n0123456789\r\n0\r\n\r\n"),
                row(
                        "sizes with zeros (9112 7.1)",
                        "Transfer-Encoding: chunked\r\n\r\n0003\r\nabc\r\n00\r\n\r\n",
                        "hunked",
                        "3\r\nabc\r\n0\r\n\r\n"),
                row(
                        "extensions dropped (9112 7.1.1)",
                        "Transfer-Encoding: chunked\r\n\r\n3;a=b\r\nabc\r\n0;c\r\n\r\n",
                        "hunked",
                        "3\r\nabc\r\n0\r\n\r\n"),
                row(
                        "trailers (9110 6.5)",
                        "Transfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\nX-T: 1\r\n\r\n",
                        "hunked",
                        "3\r\nabc\r\n0\r\nX-T: 1\r\n\r\n"),
                row(
                        "Connection can't take a length (9110 7.6.1)",
                        "Connection: content-length\r\nContent-Length: 3\r\n\r\nabc",
                        "Content-Length: 3",
                        "\r\n\r\nabc"),
                row(
                        "Connection can't take a coding (9112 6.1)",
                        "Connection: transfer-encoding\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n",
                        "hunked",
                        "3\r\nabc\r\n0\r\n\r\n"));
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource
    void passesBodiesOn(Front.Way way, String rule, String rest, String field, String body) throws Exception {
        try (Front front = front(way);
                Wire client = front.send("POST http://" + origin.address() + "/ HTTP/1.1\r\nHost: h\r\n" + rest);
                Wire server = origin.accept()) {
            String head = server.readHead();
            assertThat(head).as(rule).contains(field);
            String expected = body.startsWith("\r\n\r\n") ? body.substring(4) : body;
            server.expect(expected);
            server.write(OK);
            assertThat(client.readHead()).startsWith("HTTP/1.1 200 OK\r\n");
        }
    }

    static Stream<Object[]> takesOffTrailersThatAreForTheHeadOrForUs() {
        return Front.inEachWay(
                row("Proxy-Authorization (9110 11.7.2)", "Proxy-Authorization: Basic YTpi"),
                row("Proxy-Connection", "Proxy-Connection: close"),
                row("Connection and what it names (9110 7.6.1)", "Connection: x-a\r\nX-A: 1"),
                row("Keep-Alive (9110 7.6.1)", "Keep-Alive: 5"),
                row("TE (9110 10.1.4)", "TE: trailers"),
                row("Upgrade (9110 7.8)", "Upgrade: x"),
                row("Host (9110 6.5.1)", "Host: x"),
                row("Content-Length (9110 6.5.1)", "Content-Length: 1"),
                row("Transfer-Encoding (9110 6.5.1)", "Transfer-Encoding: chunked"),
                row("Trailer (9110 6.5.1)", "Trailer: x"),
                row("Via (9110 6.5.1)", "Via: 1.1 x"),
                row("Expect (9110 6.5.1)", "Expect: 100-continue"),
                row("Max-Forwards (9110 6.5.1)", "Max-Forwards: 1"));
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource
    void takesOffTrailersThatAreForTheHeadOrForUs(Front.Way way, String rule, String trailers) throws Exception {
        String chunked = " HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n";
        try (Front front = front(way);
                Wire client =
                        front.send("POST http://" + origin.address() + "/" + chunked + trailers + "\r\nB: c\r\n\r\n");
                Wire server = origin.accept()) {
            server.readHead();
            assertThat(server.readThrough("\r\n\r\n")).as(rule).isEqualTo("0\r\nB: c\r\n\r\n");
            server.write(OK);
            assertThat(client.readHead()).startsWith("HTTP/1.1 200 OK\r\n");
        }
    }

    /** RFC 9110 sections 7.6.2, 9.3.7 and 9.3.8. */
    @ParameterizedTest
    @EnumSource(Front.Way.class)
    void answersWhatMayGoNoFurther(Front.Way way) throws Exception {
        try (Front front = front(way)) {
            try (Wire client = front.send("OPTIONS * HTTP/1.1\r\nHost: h\r\n\r\n")) {
                assertThat(client.readHead()).startsWith("HTTP/1.1 200 OK\r\n").contains("allow: GET, ", "\r\ndate: ");
            }
            try (Wire client = front.send("OPTIONS http://x/ HTTP/1.1\r\nHost: h\r\nMax-Forwards: 0\r\n\r\n")) {
                assertThat(client.readHead()).startsWith("HTTP/1.1 200 OK\r\n").contains("allow: GET, ");
            }
            String secrets = "Cookie: c\r\nAuthorization: Basic x\r\n";
            try (Wire client = front.send(
                    "TRACE http://x/y HTTP/1.1\r\nHost: h\r\n" + secrets + "Max-Forwards: 0\r\nA: b\r\n\r\n")) {
                assertThat(client.readHead())
                        .startsWith("HTTP/1.1 200 OK\r\n")
                        .contains("content-type: message/http\r\n", "\r\ndate: ");
                assertThat(client.readThrough("\r\n\r\n"))
                        .startsWith("TRACE http://x/y HTTP/1.1\r\n")
                        .contains("A: b\r\n")
                        .doesNotContainIgnoringCase("cookie", "authorization");
            }
        }
        assertThat(origin.connections()).isZero();
    }

    /** RFC 9110 section 7.6.2. */
    @ParameterizedTest
    @EnumSource(Front.Way.class)
    void countsMaxForwardsDown(Front.Way way) throws Exception {
        String left = way == Front.Way.THROUGH_AN_OUTBOUND_AND_INBOUND_OF_OURS ? "4" : "5";
        assertThat(head(way, "TRACE http://AUTH/ HTTP/1.1", "Max-Forwards: 6"))
                .contains("\r\nmax-forwards: " + left + "\r\n");
        assertThat(head(way, "OPTIONS http://AUTH/ HTTP/1.1", "Max-Forwards: 6"))
                .contains("\r\nmax-forwards: " + left + "\r\n");
    }
}
