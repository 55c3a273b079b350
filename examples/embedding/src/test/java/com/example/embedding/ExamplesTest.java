package com.example.embedding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hopline.api.Chain;
import io.hopline.api.HostPort;
import io.hopline.connect.ConnectEntry;
import io.hopline.launcher.Hopline;
import io.hopline.socks.Socks5Entry;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
final class ExamplesTest {

    @Test
    void servesThroughAConnectProxy() throws Exception {
        try (ServerSocket echo = echo();
                Hopline proxy = Hopline.builder()
                        .inbound("connect", "127.0.0.1:0", ConnectEntry.create(), Chain.of())
                        .start()) {
            Serve.serve(address(proxy, "connect"), local -> {
                try (Socket client = new Socket(new Proxy(Proxy.Type.SOCKS, local))) {
                    client.connect(new InetSocketAddress("127.0.0.1", echo.getLocalPort()));
                    client.getOutputStream().write("hello".getBytes());
                    client.shutdownOutput();
                    assertThat(client.getInputStream().readAllBytes()).asString().isEqualTo("hello");
                }
            });
        }
    }

    @Test
    void dialsThroughTwoHops() throws Exception {
        try (ServerSocket echo = echo();
                Hopline hops = Hopline.builder()
                        .inbound("near", "127.0.0.1:0", ConnectEntry.create(), Chain.of())
                        .inbound("far", "127.0.0.1:0", Socks5Entry.create(), Chain.of())
                        .start()) {
            HostPort target = new HostPort("127.0.0.1", echo.getLocalPort());
            assertThat(Dial.ask(address(hops, "near"), address(hops, "far"), target, "hello"))
                    .isEqualTo("hello");
        }
    }

    @Test
    void tellsTheHopThatIsGone() throws Exception {
        try (Socket silent = new Socket()) {
            // Bound, so that nobody else gets the port, but not listening.
            silent.bind(new InetSocketAddress("127.0.0.1", 0));
            HostPort nobody = new HostPort("127.0.0.1", silent.getLocalPort());
            assertThatThrownBy(() -> Dial.ask(nobody, nobody, nobody, "hello"))
                    .hasMessageContaining("hop 1 (connect " + nobody + "), TCP: connection refused");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"Serve", "Dial"})
    void areWhatTheReadmeShows(String example) throws IOException {
        Path source = Path.of("src/main/java/com/example/embedding/" + example + ".java");
        try (Stream<String> lines = Files.lines(source)) {
            String body = lines.dropWhile(line -> !line.startsWith("    static "))
                    .takeWhile(line -> !line.equals("}"))
                    .map(line -> line.isEmpty() ? line : line.substring(4))
                    .reduce("", (all, line) -> all + line + "\n");
            assertThat(body).isNotBlank();
            assertThat(Files.readString(Path.of("../../README.md"))).contains("```java\n" + body + "```");
        }
    }

    @Test
    void needNoLogback() {
        assertThatThrownBy(() -> Class.forName("ch.qos.logback.classic.Logger"))
                .isInstanceOf(ClassNotFoundException.class);
    }

    private static HostPort address(Hopline server, String inbound) {
        return HostPort.of(server.address(inbound));
    }

    /** Sends each of its clients back what it says. */
    private static ServerSocket echo() throws IOException {
        ServerSocket echo = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        CompletableFuture.runAsync(() -> {
            try (Socket client = echo.accept()) {
                client.getInputStream().transferTo(client.getOutputStream());
            } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
        });
        return echo;
    }
}
