package io.hopline.launcher;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import com.typesafe.config.ConfigFactory;
import io.hopline.api.Chain;
import io.hopline.api.transport.Transport;
import io.hopline.launcher.config.HoplineConfig;
import io.hopline.launcher.plugins.Plugins;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A whole server over each transport that can be used here. */
@Timeout(60)
class EachTransportTest {

    private static final String INBOUNDS = """
            hopline {
              threads = 2
              inbounds = [
                { name = connect, type = connect, listen = 0 }
                { name = socks5, type = socks5, listen = 0 }
                { name = http, type = http, listen = 0, tls { self-signed = true } }
                { name = forward, type = http, listen = 0 }
              ]
            }
            """;

    @ParameterizedTest
    @EnumSource
    void carriesAChainOfThreeHops(Transport transport) throws Exception {
        assumeThat(transport.obstacle()).isEmpty();
        HoplineConfig config = config(transport);
        try (EchoTarget target = new EchoTarget();
                Hopline server = Hopline.start(config);
                Dialer dialer = Dialer.open(config)) {
            String urls = "connect://127.0.0.1:%d, socks5://127.0.0.1:%d, https+connect://127.0.0.1:%d?tls.verify=false"
                    .formatted(port(server, "connect"), port(server, "socks5"), port(server, "http"));
            Chain chain = HoplineConfig.chain(urls, Plugins.load());
            String much = "hello ".repeat(100_000);

            assertThat(Talk.halfClosing(dialer.dial(chain, target.address()).get(10, TimeUnit.SECONDS), much))
                    .isEqualTo(much + EchoTarget.GOODBYE);
        }
    }

    @ParameterizedTest
    @EnumSource
    void forwardsARequest(Transport transport) throws Exception {
        assumeThat(transport.obstacle()).isEmpty();
        try (ServerSocket origin = new ServerSocket(0, 8, InetAddress.getLoopbackAddress());
                Hopline server = Hopline.start(config(transport));
                Socket client = connect(server, "forward")) {
            CompletableFuture<Void> answer = CompletableFuture.runAsync(() -> answer(origin));
            String authority = "127.0.0.1:" + origin.getLocalPort();
            client.getOutputStream()
                    .write(("GET http://" + authority + "/ HTTP/1.1\r\nHost: " + authority
                                    + "\r\nConnection: close\r\n\r\n")
                            .getBytes(US_ASCII));
            assertThat(new String(client.getInputStream().readAllBytes(), US_ASCII))
                    .startsWith("HTTP/1.1 200 ")
                    .endsWith("\r\n\r\nwell");
            answer.get(10, TimeUnit.SECONDS);
        }
    }

    @ParameterizedTest
    @EnumSource
    void releasesEverythingWithALiveTunnel(Transport transport) throws Exception {
        assumeThat(transport.obstacle()).isEmpty();
        try (EchoTarget target = new EchoTarget()) {
            Hopline server = Hopline.builder()
                    .transport(transport)
                    .inbound(
                            "socks5",
                            "127.0.0.1:0",
                            config(transport).inbounds().get(1).entry(),
                            Chain.of())
                    .start();
            List<Thread> loops = loops();
            assertThat(loops).isNotEmpty();
            try (Socket client = connect(server, "socks5")) {
                byte[] port = {
                    (byte) (target.address().port() >> 8),
                    (byte) target.address().port()
                };
                client.getOutputStream().write(new byte[] {5, 1, 0, 5, 1, 0, 1, 127, 0, 0, 1});
                client.getOutputStream().write(port);
                client.getOutputStream().write('x');
                assertThat(client.getInputStream().readNBytes(13)[12]).isEqualTo((byte) 'x');

                server.shutdownNow();

                await().until(() -> loops.stream().noneMatch(Thread::isAlive));
                assertThat(client.getInputStream().readAllBytes()).isEmpty();
            } catch (SocketException reset) {
                assertThat(loops).noneMatch(Thread::isAlive);
            }
        }
    }

    private static HoplineConfig config(Transport transport) {
        return HoplineConfig.of(
                ConfigFactory.parseString("hopline.transport = " + transport)
                        .withFallback(ConfigFactory.parseString(INBOUNDS)),
                Plugins.load());
    }

    private static int port(Hopline server, String inbound) {
        return server.address(inbound).getPort();
    }

    private static Socket connect(Hopline server, String inbound) throws Exception {
        InetSocketAddress address = server.address(inbound);
        Socket socket = new Socket(address.getAddress(), address.getPort());
        socket.setSoTimeout(10_000);
        return socket;
    }

    private static void answer(ServerSocket origin) {
        try (Socket client = origin.accept()) {
            StringBuilder head = new StringBuilder();
            while (head.indexOf("\r\n\r\n") < 0) {
                head.append((char) client.getInputStream().read());
            }
            client.getOutputStream()
                    .write("HTTP/1.1 200 OK\r\nContent-Length: 4\r\nConnection: close\r\n\r\nwell".getBytes(US_ASCII));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<Thread> loops() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("hopline-"))
                .toList();
    }
}
