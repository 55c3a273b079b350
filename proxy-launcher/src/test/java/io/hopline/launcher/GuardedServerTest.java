package io.hopline.launcher;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import com.typesafe.config.ConfigFactory;
import io.hopline.api.Served;
import io.hopline.api.Session;
import io.hopline.api.SessionObserver;
import io.hopline.api.guard.GuardEvent;
import io.hopline.launcher.config.HoplineConfig;
import io.hopline.launcher.plugins.Plugins;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What clients may reach, through real protocols and sockets; one that comes from elsewhere says so by the PROXY protocol. */
@Timeout(30)
class GuardedServerTest {

    private static final String ELSEWHERE = "PROXY TCP4 192.0.2.7 127.0.0.1 4711 80\r\n";

    private final List<String> outcomes = new CopyOnWriteArrayList<>();

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "localhost", "[::ffff:127.0.0.1]", "127.1", "0x7f.1", "0"})
    void closesLoopbackToClientsElsewhere(String host) throws Exception {
        try (EchoTarget target = new EchoTarget();
                Hopline hopline = start("type = http, proxy-protocol {}")) {
            String authority = host + ":" + target.address().port();
            String said =
                    ask(hopline, ELSEWHERE + "CONNECT " + authority + " HTTP/1.1\r\nHost: " + authority + "\r\n\r\n");
            assertThat(said)
                    .startsWith("HTTP/1.1 403 ")
                    .contains("denied by the rules of this proxy")
                    .doesNotContain("loopback");
            assertThat(ask(
                            hopline,
                            ELSEWHERE + "GET http://" + authority
                                    + "/ HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n"))
                    .startsWith("HTTP/1.1 403 ");
            assertThat(told(2))
                    .allSatisfy(outcome ->
                            assertThat(outcome).contains("addresses are closed to clients on other machines"));
            assertThat(hopline.guardCounts("guarded").of(GuardEvent.TARGET_DENIED))
                    .isEqualTo(2);
        }
    }

    @Test
    void opensItByARuleThatSaysSo() throws Exception {
        try (EchoTarget target = new EchoTarget();
                Hopline hopline = start("type = connect, proxy-protocol {}, targets = \"allow loopback:"
                        + target.address().port() + "\"")) {
            String connect = ELSEWHERE + "CONNECT " + target.address() + " HTTP/1.1\r\nHost: a\r\n\r\nhello";
            assertThat(ask(hopline, connect)).startsWith("HTTP/1.1 200 ").endsWith("hello" + EchoTarget.GOODBYE);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "localhost"})
    void sendsClientsElsewhereToTheTargetThatItIsTold(String host) throws Exception {
        try (EchoTarget target = new EchoTarget();
                Hopline hopline = start("type = tcp, proxy-protocol {}, target = \"" + host + ":"
                        + target.address().port() + "\"")) {
            assertThat(ask(hopline, ELSEWHERE + "hello")).isEqualTo("hello" + EchoTarget.GOODBYE);
        }
    }

    @Test
    void sendsNobodyToATargetThatIsDenied() throws Exception {
        try (EchoTarget target = new EchoTarget();
                Hopline hopline =
                        start("type = tcp, target = \"" + target.address() + "\", targets = \"deny loopback\"")) {
            assertThatExceptionOfType(SocketException.class).isThrownBy(() -> ask(hopline, "hello"));
            assertThat(told(1)).singleElement().asString().endsWith("rule \"deny loopback\"");
        }
    }

    @Test
    void answersADeniedTargetByTheProtocolsOwnReply() throws Exception {
        try (Hopline hopline = start("type = socks5, targets = [\"deny *:25\"]")) {
            assertThat(ask(hopline, "\5\1\0" + "\5\1\0\1\300\0\2\1\0\31"))
                    .startsWith("\5\0" + "\5\2\0"); // RFC 1928 section 6: not allowed by ruleset.
            assertThat(told(1)).singleElement().asString().endsWith("rule \"deny *:25\"");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "localhost", "0.0.0.0"})
    void leadsNobodyBackToItsOwnListener(String host) throws Exception {
        try (Hopline hopline = start("type = http")) {
            String self = host + ":" + hopline.address("guarded").getPort();
            assertThat(ask(hopline, "CONNECT " + self + " HTTP/1.1\r\nHost: a\r\n\r\n"))
                    .startsWith("HTTP/1.1 403 ");
            assertThat(told(1)).singleElement().asString().contains("its own inbound listens there");
        }
    }

    @Test
    void leadsNoChainBackToItsOwnListener() throws Exception {
        int port = freePort();
        String server = "a.localhost:" + port; // Told only when it is dialed, and not by its name.
        try (Hopline hopline =
                start("type = http, listen = \"127.0.0.1:" + port + "\", outbound = \"socks5://" + server + "\"")) {
            assertThat(ask(hopline, "CONNECT example.org:80 HTTP/1.1\r\nHost: a\r\n\r\n"))
                    .startsWith("HTTP/1.1 403 ");
            assertThat(told(1)).singleElement().asString().startsWith("hop 1 (socks5 " + server + ")");
        }
    }

    @Test
    void asksNoChainForAServerOfItsOwn() throws Exception {
        try (ServerSocket server = new ServerSocket(0);
                Hopline hopline =
                        start("type = http, outbound = \"socks5://127.0.0.1:" + server.getLocalPort() + "\"")) {
            String self = "localhost:" + server.getLocalPort();
            assertThat(ask(hopline, "CONNECT " + self + " HTTP/1.1\r\nHost: a\r\n\r\n"))
                    .startsWith("HTTP/1.1 403 ");
            assertThat(told(1)).singleElement().asString().contains("its own chain goes through there");
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket free = new ServerSocket(0)) {
            return free.getLocalPort();
        }
    }

    private Hopline start(String inbound) {
        String listen = inbound.contains("listen") ? "" : ", listen = 0";
        SessionObserver observer = new SessionObserver() {
            @Override
            public void served(Session session, Served served) {
                outcomes.add(served.outcome());
            }
        };
        return Hopline.start(
                HoplineConfig.of(
                        ConfigFactory.parseString(
                                "hopline.inbounds = [ { name = guarded, " + inbound + listen + " } ]"),
                        Plugins.load()),
                observer);
    }

    private List<String> told(int count) {
        await().untilAsserted(() -> assertThat(outcomes).hasSize(count));
        return outcomes;
    }

    /** Says the text, a byte a character, ends, and returns all that comes back. */
    private static String ask(Hopline hopline, String text) throws IOException {
        InetSocketAddress address = hopline.address("guarded");
        try (Socket socket = new Socket(address.getAddress(), address.getPort())) {
            socket.getOutputStream().write(text.getBytes(ISO_8859_1));
            socket.shutdownOutput();
            return new String(socket.getInputStream().readAllBytes(), ISO_8859_1);
        }
    }
}
