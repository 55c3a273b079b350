package io.hopline.launcher;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.awaitility.Awaitility.await;

import com.typesafe.config.ConfigFactory;
import io.hopline.api.Chain;
import io.hopline.api.Entry;
import io.hopline.api.HostPort;
import io.hopline.api.Served;
import io.hopline.api.Session;
import io.hopline.api.SessionObserver;
import io.hopline.api.settings.InvalidSettingsException;
import io.hopline.api.transport.InboundLayers;
import io.hopline.launcher.config.HoplineConfig;
import io.hopline.launcher.lifecycle.ListenException;
import io.hopline.launcher.plugins.Plugins;
import io.hopline.testkit.Target;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(30)
class HoplineTest {

    /** Sends back what it reads, and goes nowhere. */
    private static final Entry ECHO = outbound -> (client, session) -> {
        client.pipeline().addLast(new ChannelInboundHandlerAdapter() {
            @Override
            public void channelRead(ChannelHandlerContext ctx, Object message) {
                ctx.writeAndFlush(message);
            }

            @Override
            public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
                if (event == ChannelInputShutdownEvent.INSTANCE) {
                    ctx.close();
                }
            }
        });
        client.config().setAutoRead(true);
    };

    @Test
    void servesOnAPortThatTheSystemChose() throws IOException {
        try (Hopline hopline = echo();
                Socket client = connect(hopline)) {
            assertThat(hopline.address("echo").getPort()).isPositive();
            assertThat(answers(client)).isTrue();
        }
    }

    @Test
    void servesWhatAParsedConfigSays() throws Exception {
        try (EchoTarget target = new EchoTarget();
                Hopline hopline = Hopline.start(ConfigFactory.parseString(
                        "hopline.inbounds = [ { name = local, type = socks5, listen = 0 } ]"));
                Dialer dialer = Dialer.open()) {
            Chain chain = chain("socks5://127.0.0.1:" + hopline.address("local").getPort());

            assertThat(Talk.halfClosing(dialer.dial(chain, target.address()).get(), "hello"))
                    .isEqualTo("hello" + EchoTarget.GOODBYE);
        }
    }

    @Test
    void leavesNoThreadAndNoSocketOnceItIsClosed() throws Exception {
        Hopline hopline = echo();
        InetSocketAddress address = hopline.address("echo");
        List<Thread> loops = loops();
        assertThat(loops).isNotEmpty();

        hopline.close();

        awaitEnd(loops);
        assertThatExceptionOfType(ConnectException.class)
                .isThrownBy(() -> new Socket(address.getAddress(), address.getPort()));
    }

    @Test
    void closesOnceHoweverManyAsk() {
        Hopline hopline = echo();
        List<Thread> loops = loops();

        Stream.generate(() -> CompletableFuture.runAsync(hopline::close))
                .limit(8)
                .toList()
                .forEach(CompletableFuture::join);
        hopline.close();

        awaitEnd(loops);
    }

    @Test
    void letsLiveSessionsEndInTheirGraceButTakesNoNewOnes() throws Exception {
        Hopline hopline = echo();
        InetSocketAddress address = hopline.address("echo");
        try (Socket client = connect(hopline)) {
            answers(client);
            CompletableFuture<Void> closing = CompletableFuture.runAsync(hopline::close);
            await().untilAsserted(() -> assertThatExceptionOfType(ConnectException.class)
                    .isThrownBy(() -> new Socket(address.getAddress(), address.getPort())));

            assertThat(answers(client)).isTrue();
            assertThat(closing).isNotDone();
            client.shutdownOutput();
            closing.get(10, TimeUnit.SECONDS);
        }
    }

    @Test
    void doesNotWaitForSessionsThatHaveNothingUnderWay() throws Exception {
        try (Hopline hopline = Hopline.start(ConfigFactory.parseString(
                        "hopline { shutdown-grace = 1h, inbounds = [ { name = local, type = http, listen = 0 } ] }"));
                Socket client = new Socket(
                        InetAddress.getLoopbackAddress(),
                        hopline.address("local").getPort())) {
            client.getOutputStream().write("GET http://127.0.0.1:1/ HTTP/1.1\r\nHost: h\r\n\r\n".getBytes(US_ASCII));
            StringBuilder head = new StringBuilder();
            while (head.indexOf("\r\n\r\n") < 0) {
                head.append((char) client.getInputStream().read());
            }
            assertThat(head).startsWith("HTTP/1.1 502").doesNotContain("close");

            CompletableFuture.runAsync(hopline::close).get(10, TimeUnit.SECONDS);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "type = http",
                "type = connect",
                "type = http2",
                "type = spdy",
                "type = socks5",
                "type = socks4",
                "type = mixed",
                "type = mixed, tls { self-signed = true }",
                "type = http, proxy-protocol {}",
                "type = http, tls { self-signed = true, alpn = [h2, http/1.1] }"
            })
    void doesNotWaitForClientsThatSayNothing(String inbound) throws Exception {
        try (Hopline hopline = Hopline.start(ConfigFactory.parseString(
                        "hopline { shutdown-grace = 1h, inbounds = [ { name = local, listen = 0, " + inbound
                                + " } ] }"));
                Socket client = new Socket(
                        InetAddress.getLoopbackAddress(),
                        hopline.address("local").getPort())) {
            CompletableFuture.runAsync(hopline::close).get(10, TimeUnit.SECONDS);
            readToTheEnd(client);
        }
    }

    @Test
    void endsSessionsWhoseGraceIsOver() throws Exception {
        Hopline hopline = Hopline.builder()
                .inbound("echo", "127.0.0.1:0", ECHO, Chain.of())
                .shutdownGrace(Duration.ofMillis(50))
                .start();
        try (Socket client = connect(hopline)) {
            answers(client);
            hopline.close();
            assertThat(ended(client)).isTrue();
        }
    }

    @Test
    void breaksOffATunnelWhoseGraceIsOverAndSaysThatItDidSo() throws Exception {
        List<String> outcomes = new CopyOnWriteArrayList<>();
        SessionObserver observer = new SessionObserver() {
            @Override
            public void served(Session session, Served served) {
                outcomes.add(served.outcome());
            }
        };
        HoplineConfig config = HoplineConfig.of(
                ConfigFactory.parseString(
                        "hopline { shutdown-grace = 1ms, inbounds = [ { name = local, type = connect, listen = 0 } ] }"),
                Plugins.load());
        Hopline hopline = Hopline.start(config, observer);
        try (EchoTarget target = new EchoTarget();
                Socket client = new Socket(
                        InetAddress.getLoopbackAddress(),
                        hopline.address("local").getPort())) {
            client.getOutputStream()
                    .write(("CONNECT " + target.address() + " HTTP/1.1\r\nHost: h\r\n\r\nx").getBytes(US_ASCII));
            while (client.getInputStream().read() != 'x') {
                // The reply's head has none.
            }

            hopline.close();

            assertThatExceptionOfType(SocketException.class)
                    .isThrownBy(() -> client.getInputStream().read())
                    .withMessage("Connection reset");
            assertThat(outcomes).containsExactly("cut off, because the proxy was stopped");
        }
    }

    @Test
    void cutsTheGraceShortWhenToldTo() throws Exception {
        Hopline hopline = echo();
        try (Socket client = connect(hopline)) {
            answers(client);
            CompletableFuture<Void> closing = CompletableFuture.runAsync(hopline::close);

            hopline.shutdownNow();

            assertThat(ended(client)).isTrue();
            closing.get(10, TimeUnit.SECONDS);
        }
    }

    @Test
    void refusesToWaitForItselfOnItsOwnThread() throws Exception {
        CompletableFuture<Runnable> close = new CompletableFuture<>();
        CompletableFuture<Throwable> thrown = new CompletableFuture<>();
        Entry closing = outbound -> (client, session) -> {
            try {
                close.join().run();
                thrown.complete(new AssertionError("close() returned"));
            } catch (IllegalStateException e) {
                thrown.complete(e);
            }
            client.close();
        };
        try (Hopline hopline = Hopline.builder()
                        .inbound("echo", "127.0.0.1:0", closing, Chain.of())
                        .start();
                Socket client = connect(hopline)) {
            close.complete(hopline::close);
            assertThat(ended(client)).isTrue();
            assertThat(thrown.get(10, TimeUnit.SECONDS)).isInstanceOf(IllegalStateException.class);
        }
    }

    @Test
    void bindsEverythingOrNothing() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String address = "127.0.0.1:" + taken.getLocalPort();
            HoplineBuilder both = Hopline.builder()
                    .inbound("free", "127.0.0.1:0", ECHO, Chain.of())
                    .inbound("taken", address, ECHO, Chain.of());

            assertThatExceptionOfType(ListenException.class)
                    .isThrownBy(both::start)
                    .withMessage("inbound \"taken\" can't listen on " + address
                            + ": another program listens there; stop it or choose another port");
            awaitEnd(loops());
        }
    }

    @Test
    void saysSoWhenNoInterfaceHasTheAddress() {
        assertThatExceptionOfType(ListenException.class)
                .isThrownBy(() -> Hopline.builder()
                        .openInbound("lost", "192.0.2.1:0", InboundLayers.NONE, ECHO, Chain.of())
                        .start())
                .withMessageContaining(
                        "inbound \"lost\" can't listen on 192.0.2.1:0: no network interface has this address");
    }

    @Test
    void refusesToServeEverybodyUnlessThatIsMeant() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Hopline.builder().inbound("wide", "0.0.0.0:0", ECHO, Chain.of()))
                .withMessageContaining("\"wide\" would serve everybody");
    }

    @Test
    void hasNothingToDoWithoutAnInbound() {
        assertThatExceptionOfType(InvalidSettingsException.class)
                .isThrownBy(() -> Hopline.start(ConfigFactory.empty()))
                .withMessageContaining("hopline.inbounds: lists no inbound");
    }

    @Test
    void namesItsInboundsWhenAskedForOneThatIsNot() {
        try (Hopline hopline = echo()) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> hopline.address("ecko"))
                    .withMessageContaining("[echo]");
        }
    }

    @Test
    void letsADialerGoWithItsChannels() throws Exception {
        try (EchoTarget target = new EchoTarget()) {
            Dialer dialer = Dialer.open();
            var channel = dialer.dial(Chain.of(), target.address()).get();

            dialer.close();
            dialer.close();

            assertThat(channel.isOpen()).isFalse();
            awaitEnd(loops());
        }
    }

    @Test
    void tellsWhereADialFailed() throws Exception {
        HostPort nobody = Target.refusing();
        try (Dialer dialer = Dialer.open()) {
            Throwable failure = dialer.dial(chain("socks5://" + nobody), new HostPort("example.test", 1))
                    .await()
                    .cause();

            assertThat(failure).hasMessageStartingWith("hop 1 (socks5 " + nobody + "), TCP: ");
        }
    }

    private static Chain chain(String urls) {
        return HoplineConfig.chain(urls, Plugins.load());
    }

    private static Hopline echo() {
        return Hopline.builder()
                .inbound("echo", "127.0.0.1:0", ECHO, Chain.of())
                .start();
    }

    private static Socket connect(Hopline hopline) throws IOException {
        InetSocketAddress address = hopline.address("echo");
        return new Socket(address.getAddress(), address.getPort());
    }

    private static boolean answers(Socket client) throws IOException {
        client.getOutputStream().write('x');
        return client.getInputStream().read() == 'x';
    }

    /** Some protocols say hello first. */
    private static void readToTheEnd(Socket client) {
        try {
            client.getInputStream().readAllBytes();
        } catch (IOException reset) {
            // It was not accepted yet when the server closed.
        }
    }

    private static boolean ended(Socket client) {
        try {
            return client.getInputStream().read() == -1;
        } catch (IOException reset) {
            return true;
        }
    }

    /** The loops have ended by now; their threads are on their last few instructions. */
    private static void awaitEnd(List<Thread> loops) {
        await().atMost(Duration.ofSeconds(1)).until(() -> loops.stream().noneMatch(Thread::isAlive));
    }

    private static List<Thread> loops() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("hopline-"))
                .toList();
    }
}
