package io.hopline.connect;

import static org.assertj.core.api.Assertions.assertThat;

import io.hopline.api.HostPort;
import io.hopline.api.Inbound;
import io.hopline.api.guard.GuardEvent;
import io.hopline.api.guard.GuardSettings;
import io.hopline.api.guard.InboundGuard;
import io.hopline.api.settings.Settings;
import io.hopline.testkit.LiveInbound;
import io.hopline.testkit.LoopbackOutbound;
import io.hopline.testkit.Target;
import io.hopline.testkit.Wire;
import java.io.IOException;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** CONNECT as clients send it, byte for byte (RFC 9110 section 9.3.6, RFC 9112 section 3.2.3). */
final class ConnectInboundTest {

    private static final String ESTABLISHED = "HTTP/1.1 200 Connection established\r\n\r\n";

    private final LoopbackOutbound outbound = new LoopbackOutbound();
    private Target target;
    private final InboundGuard guard = new InboundGuard(GuardSettings.DEFAULT);
    private LiveInbound inbound;

    @BeforeEach
    void start() throws Exception {
        target = Target.listen();
        inbound = serve("");
    }

    @AfterEach
    void stop() throws IOException {
        inbound.close();
        target.close();
    }

    private LiveInbound serve(String hocon) throws InterruptedException {
        Inbound served =
                Settings.read("inbound.connect", hocon, ConnectEntry::read).to(outbound);
        return new LiveInbound((client, session) -> served.accept(client, session.withGuard(guard.guard(client))));
    }

    private String connect() {
        return "CONNECT " + target.address() + " HTTP/1.1\r\nHost: " + target.address() + "\r\n\r\n";
    }

    @Test
    void takesHttp10WithoutHost() throws Exception {
        try (Wire client = inbound.connect().write("CONNECT " + target.address() + " HTTP/1.0\r\n\r\n")) {
            assertThat(client.readHead()).isEqualTo(ESTABLISHED);
        }
    }

    @Test
    void says502AndWhyBefore200WhenTheTargetRefuses() throws Exception {
        String request = "CONNECT " + Target.refusing() + " HTTP/1.1\r\nHost: h\r\n\r\nearly";
        try (Wire client = inbound.connect().write(request)) {
            assertThat(client.readAll())
                    .startsWith("HTTP/1.1 502 Bad Gateway\r\n")
                    .contains("content-type: text/plain; charset=utf-8\r\n")
                    .contains("connection: close\r\n")
                    .endsWith("\r\n\r\nThe target can't be reached. target, TCP: connection refused\n");
        }
        assertThat(inbound.served().served().outcome()).isEqualTo("target, TCP: connection refused");
    }

    /** RFC 9931 section 8: what stands behind a refused CONNECT may be meant for the tunnel. */
    @Test
    void closesBehindARefusedConnectAndRunsNothing() throws Exception {
        String refused = "CONNECT nonsense HTTP/1.1\r\nHost: h\r\n\r\n";
        try (Wire client = inbound.connect().write(refused + connect())) {
            assertThat(client.readAll()).startsWith("HTTP/1.1 400 ").containsOnlyOnce("HTTP/1.1");
        }
        assertThat(outbound.dialed()).isEmpty();
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"[::1]:443", "example.org:1", "192.0.2.1:65535", "a_b.example:80"})
    void readsTheAuthority(String authority) throws Exception {
        try (Wire client = inbound.connect().write("CONNECT " + authority + " HTTP/1.1\r\nHost: h\r\n\r\n")) {
            client.readHead();
        }
        assertThat(outbound.dialed()).containsExactly(HostPort.parse(authority));
    }

    static Stream<Arguments> refused() {
        String host = " HTTP/1.1\r\nHost: h\r\n";
        return Stream.of(
                Arguments.of("no port (RFC 9110 9.3.6)", "CONNECT example.org" + host + "\r\n", 400),
                Arguments.of("an empty port", "CONNECT example.org:" + host + "\r\n", 400),
                Arguments.of("port 0", "CONNECT example.org:0" + host + "\r\n", 400),
                Arguments.of("port 65536", "CONNECT example.org:65536" + host + "\r\n", 400),
                Arguments.of("a port of 2^32 and 80", "CONNECT example.org:4294967376" + host + "\r\n", 400),
                Arguments.of("a signed port", "CONNECT example.org:+80" + host + "\r\n", 400),
                Arguments.of("a port of other digits", "CONNECT example.org:\u00b2" + host + "\r\n", 400),
                Arguments.of("no host", "CONNECT :443" + host + "\r\n", 400),
                Arguments.of("userinfo", "CONNECT u:p@example.org:443" + host + "\r\n", 400),
                Arguments.of("a path", "CONNECT example.org:443/x" + host + "\r\n", 400),
                Arguments.of("a list", "CONNECT a.example:443,b.example:443" + host + "\r\n", 400),
                Arguments.of("a URL", "CONNECT https://example.org:443" + host + "\r\n", 400),
                Arguments.of("a NUL in the host", "CONNECT example.org\0.evil:443" + host + "\r\n", 400),
                Arguments.of("a tab in the line", "CONNECT example.org:443\tx" + host + "\r\n", 400),
                Arguments.of("two spaces (RFC 9112 3)", "CONNECT  example.org:443" + host + "\r\n", 400),
                Arguments.of("IPv6 without brackets", "CONNECT ::1:443" + host + "\r\n", 400),
                Arguments.of("brackets around a name", "CONNECT [example.org]:443" + host + "\r\n", 400),
                Arguments.of("a zone", "CONNECT [fe80::1%eth0]:443" + host + "\r\n", 400),
                Arguments.of("a percent escape", "CONNECT %65xample.org:443" + host + "\r\n", 400),
                Arguments.of(
                        "a body by length (RFC 9110 9.3.6)",
                        "CONNECT h:1" + host + "Content-Length: 3\r\n\r\nabc",
                        400),
                Arguments.of(
                        "a chunked body", "CONNECT h:1" + host + "Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n", 400),
                Arguments.of("no Host (RFC 9112 3.2)", "CONNECT h:1 HTTP/1.1\r\n\r\n", 400),
                Arguments.of("two Hosts (RFC 9112 3.2)", "CONNECT h:1" + host + "Host: h\r\n\r\n", 400),
                Arguments.of("a bare LF (RFC 9112 2.2)", "CONNECT h:1 HTTP/1.1\nHost: h\r\n\r\n", 400),
                Arguments.of("folding (RFC 9112 5.2)", "CONNECT h:1" + host + "A: b\r\n c\r\n\r\n", 400),
                Arguments.of("a space before the colon (RFC 9112 5.1)", "CONNECT h:1" + host + "A : b\r\n\r\n", 400),
                Arguments.of("a lower-case version (RFC 9112 2.3)", "CONNECT h:1 http/1.1\r\nHost: h\r\n\r\n", 400),
                Arguments.of("HTTP/2.0", "CONNECT h:1 HTTP/2.0\r\nHost: h\r\n\r\n", 505),
                Arguments.of("no version", "CONNECT h:1\r\nHost: h\r\n\r\n", 400),
                Arguments.of("a TLS hello", "\u0016\u0003\u0001\u0002\u0000\u0001\r\n\r\n", 400),
                Arguments.of("a long line", "CONNECT " + "h".repeat(9000) + ":1" + host + "\r\n", 414),
                Arguments.of("a large head", "CONNECT h:1" + host + "A: " + "b".repeat(40_000) + "\r\n\r\n", 431),
                Arguments.of("a head of 4 MiB", "CONNECT h:1" + host + "A: " + "b".repeat(4 << 20) + "\r\n\r\n", 431),
                Arguments.of("another method (RFC 9110 15.5.6)", "GET http://h/" + host + "\r\n", 405),
                Arguments.of(
                        "another method with a body",
                        "POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 9\r\n\r\nabc",
                        405));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource
    void refused(String rule, String request, int status) throws Exception {
        try (Wire client = inbound.connect().write(request)) {
            assertThat(client.readAll())
                    .as(rule)
                    .startsWith("HTTP/1.1 " + status + " ")
                    .contains("connection: close\r\n")
                    .endsWith(".\n");
        }
        assertThat(outbound.dialed()).isEmpty();
        assertThat(inbound.served().served().outcome()).startsWith(status + " ");
        assertThat(inbound.hasMoreToTell()).isFalse();
    }

    @Test
    void saysWhatIsAllowed() throws Exception {
        try (Wire client = inbound.connect().write("GET http://h/ HTTP/1.1\r\nHost: h\r\n\r\n")) {
            assertThat(client.readAll()).contains("allow: CONNECT\r\n");
        }
    }

    @Test
    void letsARefusalReachAClientThatIsStillSending() throws Exception {
        try (Wire client =
                inbound.connect().write("CONNECT h:1 HTTP/1.1\r\nHost: h\r\nContent-Length: 9999999\r\n\r\n")) {
            client.write(new byte[2_000_000]);
            assertThat(client.readAll()).startsWith("HTTP/1.1 400 ");
        }
    }

    @Test
    void asksForAPassword() throws Exception {
        inbound.close();
        inbound = serve("users { alice = wonderland }");
        try (Wire client = inbound.connect().write(connect())) {
            assertThat(client.readAll())
                    .startsWith("HTTP/1.1 407 Proxy Authentication Required\r\n")
                    .contains("proxy-authenticate: Basic realm=\"Hopline\", charset=\"UTF-8\"\r\n")
                    .contains("connection: close\r\n", "\r\ndate: ");
        }
        assertThat(outbound.dialed()).isEmpty();
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(
            strings = {
                "YWxpY2U6d29uZGVybGFuZA", // without padding: taken below
                "YWxpY2U6V29uZGVybGFuZA==",
                "YWxpY2U6d29uZGVybGFuZAA=", // a NUL behind it
                "YWxpY2U=",
                "%%%",
                ""
            })
    void refusesOtherCredentials(String credentials) throws Exception {
        inbound.close();
        inbound = serve("users { alice = Wonder }");
        String field = "Proxy-Authorization: Basic " + credentials + "\r\n\r\n";
        try (Wire client = inbound.connect().write(connect().replace("\r\n\r\n", "\r\n" + field))) {
            assertThat(client.readAll()).startsWith("HTTP/1.1 407 ");
        }
        LiveInbound.Tale tale = inbound.served();
        assertThat(tale.served().outcome()).startsWith("407 ").doesNotContain("wonderland");
        assertThat(tale.session().user()).isEmpty();
    }

    @Test
    void admitsAUserAndTellsWhoItIs() throws Exception {
        inbound.close();
        inbound = serve("users { alice = wonderland }");
        String field = "Proxy-Authorization: basic YWxpY2U6d29uZGVybGFuZA==\r\n\r\n";
        try (Wire client = inbound.connect().write(connect().replace("\r\n\r\n", "\r\n" + field))) {
            assertThat(client.readHead()).isEqualTo(ESTABLISHED);
        }
        target.accept().close();
        assertThat(inbound.served().session().user()).isEqualTo(Optional.of("alice"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"max-start-line = 64B", "max-header-size = 64B", "max-header-fields = 1"})
    void countsAHeadThatIsTooLarge(String limit) throws Exception {
        inbound.close();
        inbound = serve(limit);
        try (Wire client = inbound.connect()
                .write("CONNECT " + "h".repeat(60) + ":1 HTTP/1.1\r\nHost: h\r\nA: " + "b".repeat(60) + "\r\n\r\n")) {
            assertThat(client.readAll()).containsPattern("^HTTP/1.1 4(14|31) ");
        }
        assertThat(guard.counts().of(GuardEvent.HEAD_TOO_LARGE)).isEqualTo(1);
    }

    @Test
    void answersASlowHeadWith408() throws Exception {
        inbound.close();
        inbound = serve("head-timeout = 200ms");
        try (Wire client = inbound.connect().write("CONNECT h:1 HT")) {
            assertThat(client.readAll()).startsWith("HTTP/1.1 408 ");
        }
        assertThat(guard.counts().of(GuardEvent.SLOW_CLIENT)).isEqualTo(1);
        assertThat(inbound.served().served().outcome()).startsWith("408 ");
    }

    @Test
    void closesOnSilence() throws Exception {
        inbound.close();
        inbound = serve("head-timeout = 200ms");
        try (Wire client = inbound.connect()) {
            assertThat(client.readAll()).isEmpty();
        }
        assertThat(inbound.served().served().outcome()).isEqualTo("no complete request came within 200 ms");
    }

    @Test
    void tellsOfAClientThatLeftAtOnce() throws Exception {
        inbound.connect().close();
        assertThat(inbound.served().served().outcome()).isEqualTo("the client left before it had sent a request");
    }
}
