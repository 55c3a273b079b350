package io.hopline.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.hopline.api.HopRef;
import io.hopline.api.settings.Settings;
import io.hopline.testkit.LiveInbound;
import io.hopline.testkit.LoopbackOutbound;
import io.hopline.testkit.Target;
import io.hopline.testkit.Wire;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a forward request becomes on its way to an origin, and its response on the way back (RFC 9110, RFC 9112). */
final class ForwardingTest {

    private final LoopbackOutbound outbound = new LoopbackOutbound();
    private Target origin;
    private LiveInbound inbound;

    @BeforeEach
    void start() throws Exception {
        origin = Target.listen();
        inbound = serve("via = edge");
    }

    @AfterEach
    void stop() throws IOException {
        inbound.close();
        origin.close();
    }

    private LiveInbound serve(String hocon) throws InterruptedException {
        return new LiveInbound(
                Settings.read("inbound.http", hocon, HttpEntry::read).to(outbound));
    }

    private String request(String method, String fields) {
        return method + " http://" + origin.address() + "/path HTTP/1.1\r\nHost: other\r\n" + fields + "\r\n";
    }

    @Test
    void rewritesTheRequestAndKeepsBothConnections() throws Exception {
        try (Wire client = inbound.connect()) {
            client.write(request(
                    "GET",
                    String.join(
                            "\r\n",
                            "Connection: x-own, host",
                            "X-Own: 1",
                            "Keep-Alive: 5",
                            "Proxy-Connection: keep-alive",
                            "Proxy-Authorization: Basic eDp5",
                            "TE: gzip",
                            "X-Kept: 2",
                            "")));
            try (Wire server = origin.accept()) {
                assertThat(server.readHead())
                        .isEqualTo("GET /path HTTP/1.1\r\nX-Kept: 2\r\nhost: " + origin.address()
                                + "\r\nvia: 1.1 edge\r\n\r\n");
                String kept = "HTTP/1.1 200 OK\r\nDate: Sun, 06 Nov 1994 08:49:37 GMT\r\nContent-Length: 2\r\n";
                server.write(kept + "Connection: x-b\r\nX-B: 1\r\n\r\nhi");
                assertThat(client.readThrough("\r\n\r\nhi")).isEqualTo(kept + "via: 1.1 edge\r\n\r\nhi");
                client.write(request("GET", ""));
                server.readHead();
                server.write("HTTP/1.1 204 No Content\r\n\r\n");
                assertThat(client.readHead()).startsWith("HTTP/1.1 204 No Content\r\n");
            }
        }
        assertThat(origin.connections()).isEqualTo(1);
        assertThat(inbound.served().served().down()).isEqualTo(2);
        assertThat(inbound.served().served().outcome()).isEqualTo("ok");
    }

    /** RFC 9110 section 7.6.3. */
    @ParameterizedTest
    @ValueSource(
            strings = {"1.1 edge", "1.0 x, 1.1 EDGE", "HTTP/1.1 edge (a comment), 1.1 y", "1.1 x\r\nVia: 1.1\tedge"})
    void refusesARequestThatHasComeBack(String via) throws Exception {
        try (Wire client = inbound.connect().write(request("GET", "Via: " + via + "\r\n"))) {
            assertThat(client.readHead())
                    .startsWith("HTTP/1.1 502 Bad Gateway\r\n")
                    .contains("proxy-status: hopline; error=proxy_loop_detected; details=");
        }
        assertThat(outbound.dialed()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"1.1 edge2", "1.1 an-edge", "1.1 edge:80", "1.1 x (not edge-1)", "edge x"})
    void takesNoOtherForItself(String via) throws Exception {
        try (Wire client = inbound.connect().write(request("GET", "Via: " + via + "\r\n"));
                Wire server = origin.accept()) {
            assertThat(server.readHead()).contains("Via: " + via + "\r\n", "via: 1.1 edge\r\n");
            client.endOutput();
        }
    }

    @Test
    void answersPipelinedRequestsInOrder() throws Exception {
        try (Wire client = inbound.connect().write(request("GET", "A: 1\r\n") + request("GET", "A: 2\r\n"));
                Wire server = origin.accept()) {
            assertThat(server.readHead()).contains("A: 1\r\n");
            server.write("HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\na");
            assertThat(server.readHead()).contains("A: 2\r\n");
            server.write("HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\nb");
            assertThat(client.readThrough("\r\n\r\na")).endsWith("a");
            assertThat(client.readThrough("\r\n\r\nb")).endsWith("b");
        }
    }

    @Test
    void waitsForTheRestOfAChunksSize() throws Exception {
        try (Wire client = inbound.connect().write(request("POST", "Transfer-Encoding: chunked\r\n"));
                Wire server = origin.accept()) {
            server.readHead();
            for (int i = 1; i <= 3; i++) {
                client.write("2\r\n" + i + "a\r\n0");
                server.readThrough("\r\n" + i + "a\r\n");
                client.write("2\r\n" + i + "b\r\n");
                server.readThrough("\r\n" + i + "b\r\n");
            }
            client.write("0\r\n\r\n");
            server.readThrough("0\r\n\r\n");
        }
    }

    @Test
    void passesBodiesTrailersAndInterimResponsesOn() throws Exception {
        String fields = "Transfer-Encoding: chunked\r\nExpect: 100-continue\r\n";
        try (Wire client = inbound.connect().write(request("POST", fields));
                Wire server = origin.accept()) {
            assertThat(server.readHead()).contains("Expect: 100-continue\r\n", "Transfer-Encoding: chunked\r\n");
            server.write("HTTP/1.1 100 Continue\r\n\r\n");
            assertThat(client.readHead()).isEqualTo("HTTP/1.1 100 Continue\r\nvia: 1.1 edge\r\n\r\n");
            client.write("3\r\nabc\r\n0\r\nX-T: 1\r\n\r\n");
            assertThat(server.readThrough("\r\n\r\n")).isEqualTo("3\r\nabc\r\n0\r\nX-T: 1\r\n\r\n");
            server.write("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nhi\r\n0\r\nX-R: 2\r\n\r\n");
            client.readHead();
            assertThat(client.readThrough("\r\n\r\n")).isEqualTo("2\r\nhi\r\n0\r\nX-R: 2\r\n\r\n");
        }
    }

    /** RFC 9112 section 6.3: the connection's end delimits the body, which is told anew in the client's version. */
    @Test
    void delimitsABodyThatLastsUntilTheOriginCloses() throws Exception {
        for (String version : new String[] {"1.1", "1.0"}) {
            try (Wire client = inbound.connect().write(request("GET", "").replace("HTTP/1.1", "HTTP/" + version));
                    Wire server = origin.accept()) {
                server.readHead();
                server.write("HTTP/1.0 200 OK\r\n\r\nhi").endOutput();
                client.endOutput();
                assertThat(client.readAll()).endsWith(version.equals("1.0") ? "\r\n\r\nhi" : "2\r\nhi\r\n0\r\n\r\n");
            }
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource
    void cutsABodyShortThatTheOriginCutShort(String rule, String response, boolean reset) throws Exception {
        try (Wire client = inbound.connect().write(request("GET", ""));
                Wire server = origin.accept()) {
            server.readHead();
            server.write(response);
            if (reset) {
                server.reset();
            } else {
                server.endOutput();
            }
            assertThat(client.expectReset()).as(rule).doesNotContain("0\r\n\r\n");
        }
        assertThat(inbound.served().served().outcome()).startsWith("the response was cut short");
    }

    static Stream<Arguments> cutsABodyShortThatTheOriginCutShort() {
        return Stream.of(
                Arguments.of("by length", "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nab", false),
                Arguments.of("chunked", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nab", false),
                Arguments.of("a bad chunk", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n+1\r\na", false),
                Arguments.of("until the end, but reset", "HTTP/1.1 200 OK\r\n\r\nab", true));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource
    void says502ForWhatIsNoResponse(String rule, String response) throws Exception {
        try (Wire client = inbound.connect().write(request("GET", ""));
                Wire server = origin.accept()) {
            server.readHead();
            server.write(response).endOutput();
            client.endOutput();
            assertThat(client.readAll())
                    .as(rule)
                    .startsWith("HTTP/1.1 502 Bad Gateway\r\n")
                    .contains("target, HTTP response: ");
        }
    }

    static Stream<Arguments> says502ForWhatIsNoResponse() {
        String ok = "HTTP/1.1 200 OK\r\n";
        return Stream.of(
                Arguments.of("nothing", ""),
                Arguments.of("half a head", ok + "A:"),
                Arguments.of("another protocol", "SSH-2.0-x\r\n\r\n"),
                Arguments.of(
                        "both lengths (RFC 9112 6.3)", ok + "Content-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n"),
                Arguments.of("two lengths", ok + "Content-Length: 1\r\nContent-Length: 2\r\n\r\n"),
                Arguments.of("another coding", ok + "Transfer-Encoding: gzip, chunked\r\n\r\n"),
                Arguments.of("folding", ok + "A: b\r\n c\r\nContent-Length: 0\r\n\r\n"),
                Arguments.of("a bare LF", "HTTP/1.1 200 OK\nContent-Length: 0\r\n\r\n"),
                Arguments.of("a switch unasked", "HTTP/1.1 101 Switching\r\nUpgrade: x\r\n\r\n"),
                Arguments.of("a 407 of somebody else", "HTTP/1.1 407 Auth\r\nContent-Length: 0\r\n\r\n"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource
    void refusesBeforeAnythingIsDialed(String rule, String request, int status) throws Exception {
        try (Wire client = inbound.connect().write(request).endOutput()) {
            assertThat(client.readAll()).as(rule).startsWith("HTTP/1.1 " + status + " ");
        }
        assertThat(outbound.dialed()).isEmpty();
        assertThat(inbound.served().served().outcome()).startsWith(status + " ");
    }

    static Stream<Arguments> refusesBeforeAnythingIsDialed() {
        String host = " HTTP/1.1\r\nHost: h\r\n";
        String post = "POST http://h/" + host;
        return Stream.of(
                Arguments.of("origin-form", "GET /" + host + "\r\n", 400),
                Arguments.of("https", "GET https://h/" + host + "\r\n", 501),
                Arguments.of("port 65536", "GET http://h:65536/" + host + "\r\n", 400),
                Arguments.of("no host", "GET http:///x" + host + "\r\n", 400),
                Arguments.of("both lengths", post + "Content-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n", 400),
                Arguments.of("several lengths", post + "Content-Length: 1\r\nContent-Length: 1\r\n\r\n", 400),
                Arguments.of("a signed length", post + "Content-Length: +1\r\n\r\na", 400),
                Arguments.of("a coding behind chunked", post + "Transfer-Encoding: chunked, gzip\r\n\r\n", 400),
                Arguments.of("another coding", post + "Transfer-Encoding: gzip, chunked\r\n\r\n", 501),
                Arguments.of("folding", post + "A: b\r\n c\r\n\r\n", 400),
                Arguments.of("no Host", "GET http://h/ HTTP/1.1\r\n\r\n", 400));
    }

    /** RFC 9110 section 7.8. */
    @Test
    void passesAnUpgradeThroughWithWhatComesAlong() throws Exception {
        try (Wire client = inbound.connect()
                        .write(request("GET", "Connection: Upgrade\r\nUpgrade: websocket\r\n") + "early");
                Wire server = origin.accept()) {
            assertThat(server.readHead()).contains("upgrade: websocket\r\n", "connection: upgrade\r\n");
            server.write("HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\nhello");
            server.expect("early");
            assertThat(client.readThrough("hello"))
                    .contains("Upgrade: websocket\r\n", "connection: upgrade\r\n", "via: 1.1 ");
            client.endOutput();
            assertThat(server.readAll()).isEmpty();
            server.endOutput();
            assertThat(client.readAll()).isEmpty();
        }
        assertThat(inbound.served().served().up()).isEqualTo(5);
    }

    @Test
    void streamsMoreThanItHolds() throws Exception {
        int length = 8_000_000;
        try (Wire client = inbound.connect().write(request("POST", "Content-Length: " + length + "\r\n"));
                Wire server = origin.accept()) {
            server.readHead();
            Thread sending = new Thread(() -> send(client, length));
            sending.start();
            assertThat(server.read(length)).hasSize(length);
            sending.join();
            Thread answering = new Thread(() -> send(server, length));
            server.write("HTTP/1.1 200 OK\r\nContent-Length: " + length + "\r\n\r\n");
            answering.start();
            client.readHead();
            assertThat(client.read(length)).hasSize(length);
            answering.join();
        }
        assertThat(inbound.served().served().up()).isEqualTo(length);
    }

    private static void send(Wire wire, int length) {
        try {
            wire.write(new byte[length]);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void asksAParentProxyInAbsoluteForm() throws Exception {
        HttpHop hop = HttpHop.to(origin.address()).withAuth("test", "123\u00a3");
        inbound.close();
        inbound = new LiveInbound(HttpEntry.create().to(hop.over(outbound, HopRef.of(1, hop))));
        try (Wire client = inbound.connect().write("GET HTTP://u@Example.org?q HTTP/1.1\r\nHost: x\r\n\r\n");
                Wire parent = origin.accept()) {
            assertThat(parent.readHead())
                    .startsWith("GET http://Example.org/?q HTTP/1.1\r\n")
                    .contains("host: Example.org\r\n", "proxy-authorization: Basic dGVzdDoxMjPCow==\r\n");
            parent.write("HTTP/1.1 407 Auth\r\nContent-Length: 0\r\n\r\n");
            assertThat(client.readHead()).startsWith("HTTP/1.1 502 ");
        }
        assertThat(inbound.served().served().outcome()).startsWith("hop 1 (http " + origin.address() + ")");
    }
}
