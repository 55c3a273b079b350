package com.example.embedding;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hopline.api.Chain;
import io.hopline.api.HostPort;
import io.hopline.connect.ConnectEntry;
import io.hopline.launcher.Hopline;
import io.hopline.socks.Socks5Entry;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.channels.ClosedChannelException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

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

    @Test
    void takesNothingForAWholeAnswerThatHadNoEnd() {
        Answer answer = new Answer();
        EmbeddedChannel channel = new EmbeddedChannel(answer);
        channel.writeInbound(Unpooled.copiedBuffer("hel", US_ASCII));
        channel.close();
        assertThat(answer.text())
                .failsWithin(Duration.ZERO)
                .withThrowableThat()
                .withCauseInstanceOf(ClosedChannelException.class);
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
