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

/** What becomes of an origin's response on its way to the client (RFC 9110, RFC 9112), in each way that clients meet us. */
final class ResponseTest {

    private static final String OK = "HTTP/1.1 200 OK\r\n";
    private static final String EMPTY = "Content-Length: 0\r\n\r\n";

    private Target origin;

    @BeforeEach
    void start() throws IOException {
        origin = Target.listen();
    }

    @AfterEach
    void stop() throws IOException {
        origin.close();
    }

    private static Front front(Front.Way way, String more) throws InterruptedException {
        return new Front(
                way,
                hocon -> Settings.read("inbound.http", hocon + more, HttpEntry::read),
                HttpHop::to,
                new LoopbackOutbound());
    }

    private String request(String method, String version) {
        return method + " http://" + origin.address() + "/ HTTP/" + version + "\r\nHost: h\r\n\r\n";
    }

    static Stream<Object[]> says502ForWhatIsNoResponse() {
        return Front.inEachWay(
                row("nothing (9112 8)", ""),
                row("half a status line (9112 8)", "HTTP/1.1 20"),
                row("half a head (9112 8)", OK + "A:"),
                row("one field too many (6585 5)", OK + "A: b\r\n".repeat(200) + EMPTY),
                row("another protocol", "SSH-2.0-x\r\n\r\n"),
                row("the status line: bare LF (9112 2.2)", "HTTP/1.1 200 OK\n" + EMPTY),
                row("the status line: lower case (9112 2.3)", "http/1.1 200 OK\r\n" + EMPTY),
                row("the status line: HTTP/2.0 (9112 2.3)", "HTTP/2.0 200 OK\r\n" + EMPTY),
                row("the status line: HTTP/0.9 (9112 2.3)", "HTTP/0.9 200 OK\r\n" + EMPTY),
                row("the status line: no status (9112 4)", "HTTP/1.1\r\n" + EMPTY),
                row("the status line: two digits (9112 4)", "HTTP/1.1 20 OK\r\n" + EMPTY),
                row("the status line: four digits (9112 4)", "HTTP/1.1 2000 OK\r\n" + EMPTY),
                row("the status line: a sign (9112 4)", "HTTP/1.1 +20 OK\r\n" + EMPTY),
                row("the status line: letters (9112 4)", "HTTP/1.1 abc OK\r\n" + EMPTY),
                row("the status line: 099 (9110 15)", "HTTP/1.1 099 No\r\n" + EMPTY),
                row("the status line: 600 (9110 15)", "HTTP/1.1 600 No\r\n" + EMPTY),
                row("the status line: a NUL (9112 4)", "HTTP/1.1 200 O\0K\r\n" + EMPTY),
                row("the status line: a bare CR (9112 2.2)", "HTTP/1.1 200 O\rK\r\n" + EMPTY),
                row("the status line: two spaces (9112 4)", "HTTP/1.1  200 OK\r\n" + EMPTY),
                row("the status line: a tab (9112 4)", "HTTP/1.1\t200 OK\r\n" + EMPTY),
                row("the status line: a vertical tab (9112 4)", "HTTP/1.1\u000b200 OK\r\n" + EMPTY),
                row("the status line: a tab behind the status (9112 4)", "HTTP/1.1 200\tOK\r\n" + EMPTY),
                row("the status line: a tab and nothing behind the status (9112 4)", "HTTP/1.1 200\t\r\n" + EMPTY),
                row("the status line: a space before (9112 4)", " HTTP/1.1 200 OK\r\n" + EMPTY),
                row("the status line: an empty line before (9112 2.2)", "\r\nHTTP/1.1 200 OK\r\n" + EMPTY),
                row("the status line: a bare LF before (9112 2.2)", "\nHTTP/1.1 200 OK\r\n" + EMPTY),
                row("the status line: a bare CR before (9112 2.2)", "\rHTTP/1.1 200 OK\r\n" + EMPTY),
                row("fields: a space before the colon (9112 5.1)", OK + "A : b\r\n" + EMPTY),
                row("fields: a tab before the colon (9112 5.1)", OK + "A\t: b\r\n" + EMPTY),
                row("fields: a space in a name (9110 5.1)", OK + "Content-Length x: 2\r\n" + EMPTY),
                row("fields: no token for a name (9110 5.1)", OK + "A(b): c\r\n" + EMPTY),
                row("fields: no colon (9112 5)", OK + "A\r\n" + EMPTY),
                row("fields: no name (9112 5)", OK + ": b\r\n" + EMPTY),
                row("fields: folding (9112 5.2)", OK + "A: b\r\n c\r\n" + EMPTY),
                row("fields: a bare LF (9112 2.2)", OK + "A: b\nC: d\r\n" + EMPTY),
                row("fields: a bare CR (9112 2.2)", OK + "A: b\rC: d\r\n" + EMPTY),
                row("fields: a NUL (9110 5.5)", OK + "A: b\0\r\n" + EMPTY),
                row("fields: too large", OK + "A: " + "b".repeat(80_000) + "\r\n" + EMPTY),
                row("length: with a coding (9112 6.3)", OK + "Content-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n"),
                row("length: two that differ (9112 6.3)", OK + "Content-Length: 1\r\nContent-Length: 2\r\n\r\n"),
                row("length: a list that differs (9112 6.3)", OK + "Content-Length: 1, 2\r\n\r\n"),
                row("length: a sign (9110 8.6)", OK + "Content-Length: +1\r\n\r\na"),
                row("length: minus (9110 8.6)", OK + "Content-Length: -1\r\n\r\n"),
                row("length: 2^64 (9110 8.6)", OK + "Content-Length: 18446744073709551616\r\n\r\n"),
                row("coding: unknown (9112 6.1)", OK + "Transfer-Encoding: gzip\r\n\r\n"),
                row("coding: before chunked (9112 6.1)", OK + "Transfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n"),
                row("coding: behind chunked (9112 6.1)", OK + "Transfer-Encoding: chunked, gzip\r\n\r\n0\r\n\r\n"),
                row(
                        "coding: two fields (2026-42585)",
                        OK + "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"),
                row("coding: in HTTP/1.0 (9112 6.1)", "HTTP/1.0 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"),
                row(
                        "a switch that nobody asked for (9110 7.8)",
                        "HTTP/1.1 101 Switching\r\nUpgrade: x\r\nConnection: upgrade\r\n\r\n"),
                row("a 407 that is not ours (9110 15.5.8)", "HTTP/1.1 407 Auth\r\n" + EMPTY));
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource
    void says502ForWhatIsNoResponse(Front.Way way, String rule, String response) throws Exception {
        try (Front front = front(way, "");
                Wire client = front.send(request("GET", "1.1"));
                Wire server = origin.accept()) {
            server.readHead();
            server.write(response).endOutput();
            client.endOutput();
            assertThat(client.readAll())
                    .as(rule)
                    .startsWith("HTTP/1.1 502 Bad Gateway\r\n")
                    .contains("proxy-status: hopline; error=")
                    .containsOnlyOnce("HTTP/1.1 502");
        }
    }

    @ParameterizedTest
    @EnumSource(Front.Way.class)
    void says502WhenTheOriginIsResetBeforeItAnswers(Front.Way way) throws Exception {
        try (Front front = front(way, "");
                Wire client = front.send(request("GET", "1.1"));
                Wire server = origin.accept()) {
            server.readHead();
            server.reset();
            assertThat(client.readHead())
                    .startsWith("HTTP/1.1 502 Bad Gateway\r\n")
                    .contains("proxy-status: hopline; error=connection_terminated;");
        }
    }

    static Stream<Object[]> cutsAResponseShortThatWasCutShort() {
        String chunked = OK + "Transfer-Encoding: chunked\r\n\r\n";
        return Front.inEachWay(
                row("by length (9112 8)", OK + "Content-Length: 5\r\n\r\nab", false),
                row("by length, reset", OK + "Content-Length: 5\r\n\r\nab", true),
                row("by length, with nothing of it (9112 8)", OK + "Content-Length: 5\r\n\r\n", false),
                row("chunked, in a chunk (9112 8)", chunked + "5\r\nab", false),
                row("chunked, in a size (9112 8)", chunked + "2\r\nab\r\n1", false),
                row("chunked, without the last (9112 8)", chunked + "2\r\nab\r\n", false),
                row("chunked, in the trailers (9112 8)", chunked + "2\r\nab\r\n0\r\nA: b\r\n", false),
                row("chunked, reset", chunked + "2\r\nab\r\n", true),
                row("chunks: plus (9112 7.1)", chunked + "2\r\nab\r\n+1\r\na\r\n0\r\n\r\n", false),
                row("chunks: 2^64 (2026-42580)", chunked + "2\r\nab\r\n10000000000000001\r\na\r\n0\r\n\r\n", false),
                row("chunks: a bare LF (9112 2.2)", chunked + "2\r\nab\r\n1\na\r\n0\r\n\r\n", false),
                row("chunks: longer than said (9112 7.1)", chunked + "1\r\nab\r\n0\r\n\r\n", false),
                row(
                        "chunks: a LF in an extension (2025-58056)",
                        chunked + "2\r\nab\r\n1;a\nb\r\na\r\n0\r\n\r\n",
                        false),
                row("chunks: a space behind the size (9112 7.1)", chunked + "2\r\nab\r\n1 \r\na\r\n0\r\n\r\n", false),
                row("trailers: folding (9112 5.2)", chunked + "2\r\nab\r\n0\r\nA: b\r\n c\r\n\r\n", false),
                row("trailers: a space before the colon (9112 5.1)", chunked + "2\r\nab\r\n0\r\nA : b\r\n\r\n", false),
                row("trailers: no colon (9112 7.1.2)", chunked + "2\r\nab\r\n0\r\nA\r\n\r\n", false),
                row("until the end, but reset (9112 8)", OK + "\r\nab", true));
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource
    void cutsAResponseShortThatWasCutShort(Front.Way way, String rule, String response, boolean reset)
            throws Exception {
        try (Front front = front(way, "");
                Wire client = front.send(request("GET", "1.1"));
                Wire server = origin.accept()) {
            server.readHead();
            server.write(response);
            String begun = client.readHead();
            if (reset) {
                server.reset();
            } else {
                server.endOutput();
            }
            assertThat(begun + client.expectReset())
                    .as(rule)
                    .startsWith(OK)
                    .doesNotContain("\r\n0\r\n\r\n")
                    .containsOnlyOnce("HTTP/1.1 ");
        }
    }

    /** RFC 9110 section 8.6 allows zeros before it, which others read in base eight, or find to be too many. */
    @ParameterizedTest
    @EnumSource(Front.Way.class)
    void writesALengthAnew(Front.Way way) throws Exception {
        try (Front front = front(way, "");
                Wire client = front.send(request("GET", "1.1"));
                Wire server = origin.accept()) {
            server.readHead();
            server.write(OK + "Content-Length: " + "0".repeat(70) + "2\r\n\r\nhi");
            assertThat(client.readHead().toLowerCase(Locale.ROOT)).contains("\r\ncontent-length: 2\r\n");
            client.expect("hi");
        }
    }

    /** RFC 9110 section 6.6.1. */
    @ParameterizedTest
    @EnumSource(Front.Way.class)
    void tellsWhenAResponseCameThatDoesNotSay(Front.Way way) throws Exception {
        assertThat(head(way, OK + EMPTY))
                .containsOnlyOnce("date: ")
                .containsPattern("\r\ndate: \\w{3}, \\d\\d \\w{3} \\d{4} \\d\\d:\\d\\d:\\d\\d gmt\r\n");
    }

    @ParameterizedTest
    @EnumSource(Front.Way.class)
    void leavesAResponseItsDate(Front.Way way) throws Exception {
        assertThat(head(way, OK + "Date: Sun, 06 Nov 1994 08:49:37 GMT\r\n" + EMPTY))
                .containsOnlyOnce("date: ")
                .contains("\r\ndate: sun, 06 nov 1994 08:49:37 gmt\r\n");
    }

    /** What the client reads of an origin's response, in lower case. */
    private String head(Front.Way way, String response) throws Exception {
        try (Front front = front(way, "");
                Wire client = front.send(request("GET", "1.1"));
                Wire server = origin.accept()) {
            server.readHead();
            server.write(response);
            return client.readHead().toLowerCase(Locale.ROOT);
        }
    }

    static Stream<Object[]> framesForTheClient() {
        String body = "Content-Length: 2\r\n\r\nhi";
        String chunked = "Transfer-Encoding: chunked\r\n\r\n2\r\nhi\r\n0\r\n\r\n";
        return Front.inEachWay(
                row("by length (9112 6.2)", "GET", "1.1", OK + body, "\r\n\r\nhi"),
                row("by length of 1.0 (9112 6.2)", "GET", "1.1", "HTTP/1.0 200 OK\r\n" + body, "\r\n\r\nhi"),
                row("chunked (9112 7.1)", "GET", "1.1", OK + chunked, "\r\n\r\n2\r\nhi\r\n0\r\n\r\n"),
                row("chunked to HTTP/1.0 (9112 6.1)", "GET", "1.0", OK + chunked, "\r\n\r\nhi"),
                row("until the end (9112 6.3)", "GET", "1.1", OK + "\r\nhi", "\r\n\r\n2\r\nhi\r\n0\r\n\r\n"),
                row("until the end to HTTP/1.0 (9112 6.3)", "GET", "1.0", OK + "\r\nhi", "\r\n\r\nhi"),
                row("until the end, of nothing (9112 6.3)", "GET", "1.1", OK + "\r\n", "\r\n\r\n0\r\n\r\n"),
                row(
                        "trailers (9110 6.5)",
                        "GET",
                        "1.1",
                        OK + "Transfer-Encoding: chunked\r\n\r\n0\r\nA: b\r\n\r\n",
                        "\r\n\r\n0\r\nA: b\r\n\r\n"),
                row("HEAD with a length (9110 9.3.2)", "HEAD", "1.1", OK + "Content-Length: 9\r\n\r\n", "\r\n\r\n"),
                row(
                        "HEAD with a coding (9110 9.3.2)",
                        "HEAD",
                        "1.1",
                        OK + "Transfer-Encoding: chunked\r\n\r\n",
                        "\r\n\r\n"),
                row("204 (9110 15.3.5)", "GET", "1.1", "HTTP/1.1 204 No Content\r\n\r\n", "\r\n\r\n"),
                row(
                        "304 with a length (9110 15.4.5)",
                        "GET",
                        "1.1",
                        "HTTP/1.1 304 Not Modified\r\nContent-Length: 9\r\n\r\n",
                        "\r\n\r\n"),
                row("205 without a body (9110 15.3.6)", "GET", "1.1", "HTTP/1.1 205 Reset\r\n" + EMPTY, "\r\n\r\n"),
                row("no reason (9112 4)", "GET", "1.1", "HTTP/1.1 200 \r\n" + body, "\r\n\r\nhi"),
                row("no reason and no space (9112 4)", "GET", "1.1", "HTTP/1.1 200\r\n" + body, "\r\n\r\nhi"),
                row("an unknown status (9110 15)", "GET", "1.1", "HTTP/1.1 299 New\r\n" + body, "\r\n\r\nhi"),
                row("an error (9110 15.6)", "GET", "1.1", "HTTP/1.1 503 No\r\n" + body, "\r\n\r\nhi"),
                row(
                        "100 Continue before (9110 15.2)",
                        "GET",
                        "1.1",
                        "HTTP/1.1 100 Continue\r\n\r\n" + OK + body,
                        "\r\n\r\nhi"),
                row(
                        "103 with fields before (8297)",
                        "GET",
                        "1.1",
                        "HTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\n" + OK + body,
                        "\r\n\r\nhi"),
                row(
                        "interim ones not to HTTP/1.0 (9110 15.2)",
                        "GET",
                        "1.0",
                        "HTTP/1.1 100 Continue\r\n\r\n" + OK + body,
                        "\r\n\r\nhi"),
                row(
                        "an interim one before HEAD's (2026-42584)",
                        "HEAD",
                        "1.1",
                        "HTTP/1.1 103 Hint\r\n\r\n" + OK + "Content-Length: 9\r\n\r\n",
                        "\r\n\r\n"));
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource
    void framesForTheClient(Front.Way way, String rule, String method, String version, String response, String end)
            throws Exception {
        try (Front front = front(way, "");
                Wire client = front.send(request(method, version));
                Wire server = origin.accept()) {
            server.readHead();
            server.write(response).endOutput();
            client.endOutput();
            String all = client.readAll();
            String last = all.substring(all.lastIndexOf("HTTP/1.1 "));
            assertThat(last.substring(last.indexOf("\r\n\r\n"))).as(rule).isEqualTo(end);
            assertThat(last).contains("\r\nvia: 1.");
            int interim = response.startsWith("HTTP/1.1 10") && version.equals("1.1") ? 1 : 0;
            assertThat(all.split("HTTP/1\\.1 ", -1)).hasSize(2 + interim);
        }
    }

    static Stream<Object[]> takesOffWhatWasForUs() {
        return Front.inEachWay(
                row("Connection (9110 7.6.1)", "Connection: x-a\r\nX-A: 1\r\n", "x-a"),
                row("Keep-Alive", "Keep-Alive: timeout=5\r\n", "keep-alive"),
                row("Proxy-Connection", "Proxy-Connection: close\r\n", "proxy-connection"),
                row("Proxy-Authenticate (9110 11.7.1)", "Proxy-Authenticate: Basic\r\n", "proxy-authenticate"),
                row("Proxy-Authentication-Info (9110 11.7.3)", "Proxy-Authentication-Info: x\r\n", "proxy-auth"));
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource
    void takesOffWhatWasForUs(Front.Way way, String rule, String fields, String gone) throws Exception {
        try (Front front = front(way, "");
                Wire client = front.send(request("GET", "1.1"));
                Wire server = origin.accept()) {
            server.readHead();
            server.write(OK + fields + EMPTY);
            assertThat(client.readHead()).as(rule).startsWith(OK).doesNotContainIgnoringCase(gone);
        }
    }

    static Stream<Object[]> takesOffTrailersThatAreForTheHeadOrForUs() {
        return Front.inEachWay(
                row("Connection and what it names (9110 7.6.1)", "Connection: x-a\r\nX-A: 1"),
                row("Keep-Alive (9110 7.6.1)", "Keep-Alive: timeout=5"),
                row("Proxy-Authenticate (9110 11.7.1)", "Proxy-Authenticate: Basic"),
                row("Upgrade (9110 7.8)", "Upgrade: x"),
                row("Content-Length (9110 6.5.1)", "Content-Length: 1"),
                row("Transfer-Encoding (9110 6.5.1)", "Transfer-Encoding: chunked"));
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource
    void takesOffTrailersThatAreForTheHeadOrForUs(Front.Way way, String rule, String trailers) throws Exception {
        try (Front front = front(way, "");
                Wire client = front.send(request("GET", "1.1"));
                Wire server = origin.accept()) {
            server.readHead();
            server.write(OK + "Transfer-Encoding: chunked\r\n\r\n0\r\n" + trailers + "\r\nB: c\r\n\r\n");
            client.readHead();
            assertThat(client.readThrough("\r\n\r\n")).as(rule).isEqualTo("0\r\nB: c\r\n\r\n");
        }
    }

    /** RFC 9110 sections 2.5 and 7.6.3 are about interim responses, too. */
    @ParameterizedTest
    @EnumSource(Front.Way.class)
    void passesInterimResponsesOnInOurVersion(Front.Way way) throws Exception {
        try (Front front = front(way, "");
                Wire client = front.send(request("GET", "1.1"));
                Wire server = origin.accept()) {
            server.readHead();
            server.write("HTTP/1.0 103 Early Hints\r\nLink: x\r\nConnection: x-a\r\nX-A: 1\r\n\r\n" + OK + EMPTY);
            assertThat(client.readHead())
                    .startsWith("HTTP/1.1 103 Early Hints\r\nLink: x\r\nvia: 1.0 hopline-")
                    .doesNotContainIgnoringCase("x-a");
        }
    }

    @ParameterizedTest
    @EnumSource(Front.Way.class)
    void endsInterimResponsesWithoutEnd(Front.Way way) throws Exception {
        try (Front front = front(way, "");
                Wire client = front.send(request("GET", "1.1"));
                Wire server = origin.accept()) {
            server.readHead();
            server.write("HTTP/1.1 102 Processing\r\n\r\n".repeat(1000) + OK + EMPTY);
            client.endOutput();
            assertThat(client.readAll())
                    .contains("HTTP/1.1 502 Bad Gateway\r\n")
                    .doesNotContain(OK);
        }
    }

    /** RFC 9110 section 7.8: what a message offers in Upgrade counts only if Connection names it. */
    @ParameterizedTest
    @EnumSource(Front.Way.class)
    void namesAnOfferToUpgradeInConnection(Front.Way way) throws Exception {
        try (Front front = front(way, "");
                Wire client = front.send(request("GET", "1.1"));
                Wire server = origin.accept()) {
            server.readHead();
            server.write("HTTP/1.1 426 No\r\nUpgrade: x\r\nConnection: upgrade\r\n" + EMPTY);
            assertThat(client.readHead()).contains("\r\nupgrade: x\r\n", "\r\nconnection: upgrade\r\n");
        }
    }

    /** A response that nobody asked for is never the next request's (2026-42584). */
    @ParameterizedTest
    @EnumSource(Front.Way.class)
    void neverTakesWhatWasUnaskedForAnAnswer(Front.Way way) throws Exception {
        try (Front front = front(way, "");
                Wire client = front.send(request("GET", "1.1"));
                Wire server = origin.accept()) {
            server.readHead();
            server.write(OK + "Content-Length: 1\r\n\r\na" + OK + "Content-Length: 4\r\n\r\nevil");
            assertThat(client.readThrough("\r\n\r\na")).startsWith(OK);
            client.endOutput();
            assertThat(client.readAll()).isEmpty();
            assertThat(server.readAll()).isEmpty();
        }
    }

    /** Nor is it if that request has waited already, and goes out as soon as the answer before it has come. */
    @ParameterizedTest
    @EnumSource(Front.Way.class)
    void neverTakesWhatWasUnaskedForTheAnswerToARequestThatWaited(Front.Way way) throws Exception {
        try (Front front = front(way, "");
                Wire client = front.connect()) {
            client.write(front.withCredentials(request("GET", "1.1")) + front.withCredentials(request("PUT", "1.1")));
            try (Wire server = origin.accept()) {
                server.readHead();
                server.write(OK + "Content-Length: 1\r\n\r\na" + OK + "Content-Length: 4\r\n\r\nevil");
                assertThat(client.readThrough("\r\n\r\na")).startsWith(OK);
                assertThat(server.readAll()).isEmpty();
            }
            try (Wire server = origin.accept()) {
                assertThat(server.readHead()).startsWith("PUT / ");
                server.write(OK + "Content-Length: 4\r\n\r\ngood");
                client.readHead();
                client.expect("good");
            }
        }
    }

    /** RFC 9209. */
    @ParameterizedTest
    @EnumSource(Front.Way.class)
    void tellsOfItselfInResponsesIfAsked(Front.Way way) throws Exception {
        try (Front front = front(way, "\nproxy-status = true");
                Wire client = front.send(request("GET", "1.1"));
                Wire server = origin.accept()) {
            server.readHead();
            server.write(OK + EMPTY);
            assertThat(client.readHead()).contains("\r\nproxy-status: hopline; received-status=200\r\n");
        }
    }
}
