package io.hopline.launcher;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.typesafe.config.ConfigFactory;
import io.hopline.api.Chain;
import io.hopline.api.DialException;
import io.hopline.api.DialException.Reason;
import io.hopline.api.Hop;
import io.hopline.api.HopRef;
import io.hopline.api.HostPort;
import io.hopline.api.Outbound;
import io.hopline.api.Step;
import io.hopline.api.transport.Transport;
import io.hopline.launcher.config.HoplineConfig;
import io.hopline.launcher.plugins.Plugins;
import io.netty.channel.Channel;
import io.netty.util.concurrent.Future;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class DialerTest {

    private static final HostPort TARGET = new HostPort("target.example", 443);

    /** Chains; not all of them are remembered. */
    private static final int MANY = 1_000;

    @Test
    void dialsThroughOneChainByOneOutboundSoThatItsSessionsAreShared() {
        AtomicInteger made = new AtomicInteger();
        try (Dialer dialer = Dialer.open()) {
            for (int i = 0; i < 3; i++) {
                Chain equal = Chain.of(new Counted("one", made));
                assertThatThrownBy(() -> dialer.dial(equal, TARGET).sync()).isInstanceOf(DialException.class);
            }
            assertThat(made).hasValue(1);
            assertThatThrownBy(() -> dialer.dial(Chain.of(new Counted("two", made)), TARGET)
                            .sync())
                    .isInstanceOf(DialException.class);
            assertThat(made).hasValue(2);
        }
    }

    @Test
    void forgetsChainsThatItHasNotDialedForLong() {
        AtomicInteger made = new AtomicInteger();
        try (Dialer dialer = Dialer.open()) {
            dialManyOthers(dialer, made);
            assertThat(made).hasValue(MANY);

            assertThat(dialer.dial(Chain.of(new Counted("0", made)), TARGET)
                            .awaitUninterruptibly()
                            .cause())
                    .isNotNull();

            assertThat(made).hasValue(MANY + 1);
        }
    }

    @Test
    void breaksNoTunnelOfAChainThatItForgets() throws Exception {
        try (EchoTarget target = new EchoTarget();
                Hopline server = Hopline.start(
                        ConfigFactory.parseString("hopline.inbounds = [ { name = h2, type = http2, listen = 0 } ]"));
                Dialer dialer = Dialer.open()) {
            Chain chain = HoplineConfig.chain(
                    "http2://127.0.0.1:" + server.address("h2").getPort(), Plugins.load());
            Channel tunnel = dialer.dial(chain, target.address()).get(10, TimeUnit.SECONDS);

            dialManyOthers(dialer, new AtomicInteger());

            assertThat(Talk.halfClosing(tunnel, "hello")).isEqualTo("hello" + EchoTarget.GOODBYE);
        }
    }

    private static void dialManyOthers(Dialer dialer, AtomicInteger made) {
        for (int i = 0; i < MANY; i++) {
            dialer.dial(Chain.of(new Counted(String.valueOf(i), made)), TARGET).awaitUninterruptibly();
        }
    }

    @ParameterizedTest
    @EnumSource
    void keepsWhatATargetSaysBeforeAnybodyListens(Transport transport) throws Exception {
        assumeThat(transport.obstacle()).isEmpty();
        try (ServerSocket target = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                EchoTarget other = new EchoTarget();
                Dialer dialer = Dialer.open(oneLoop(transport))) {
            CompletableFuture<Void> said = CompletableFuture.runAsync(() -> sayAndClose(target, "421 busy"));
            HostPort address = HostPort.of((InetSocketAddress) target.getLocalSocketAddress());
            Channel channel = dialer.dial(Chain.of(), address).get(10, TimeUnit.SECONDS);
            said.get(10, TimeUnit.SECONDS);
            // Once this is over, the one loop has dealt with whatever had come on the first channel.
            Talk.halfClosing(dialer.dial(Chain.of(), other.address()).get(10, TimeUnit.SECONDS), "hello");

            assertThat(Talk.halfClosing(channel, "hello")).isEqualTo("421 busy");
        }
    }

    @Test
    void failsWhatItStillDialsWhenItIsClosed() throws Exception {
        Dialer dialer = Dialer.open();
        CompletableFuture<Void> begun = new CompletableFuture<>();
        Future<Channel> dialing = dialer.dial(Chain.of(new Silent("silent", begun)), TARGET);
        CompletableFuture<Throwable> heard = new CompletableFuture<>();
        dialing.addListener(done -> heard.complete(done.cause()));
        begun.get(10, TimeUnit.SECONDS);

        dialer.close();

        assertThat(heard.get(10, TimeUnit.SECONDS))
                .isInstanceOf(DialException.class)
                .hasMessage("target, TCP: the dialer was closed");
    }

    @Test
    void failsWhatIsDialedOnceItIsClosed() throws Exception {
        Dialer dialer = Dialer.open();
        dialer.close();
        CompletableFuture<Throwable> heard = new CompletableFuture<>();

        dialer.dial(Chain.of(), TARGET).addListener(done -> heard.complete(done.cause()));

        assertThat(heard.get(10, TimeUnit.SECONDS))
                .isInstanceOf(DialException.class)
                .hasMessage("target, TCP: the dialer was closed");
    }

    private static HoplineConfig oneLoop(Transport transport) {
        String config = "hopline { transport = " + transport + ", threads = 1 }";
        return HoplineConfig.of(ConfigFactory.parseString(config), Plugins.load());
    }

    private static void sayAndClose(ServerSocket target, String words) {
        try (Socket client = target.accept()) {
            client.getOutputStream().write(words.getBytes(US_ASCII));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Counts how often it is made an outbound of; nothing can be dialed through it. */
    private record Counted(String type, AtomicInteger made) implements Hop {

        @Override
        public Optional<HostPort> server() {
            return Optional.empty();
        }

        @Override
        public Outbound over(Outbound via, HopRef at) {
            made.incrementAndGet();
            return (target, session) -> session.loop()
                    .newFailedFuture(new DialException(Reason.DENIED, at, Step.CONNECT, "nothing is behind it"));
        }
    }

    /** Never comes to an end of a dial by itself. */
    private record Silent(String type, CompletableFuture<Void> begun) implements Hop {

        @Override
        public Optional<HostPort> server() {
            return Optional.empty();
        }

        @Override
        public Outbound over(Outbound via, HopRef at) {
            return (target, session) -> {
                begun.complete(null);
                return session.loop().newPromise();
            };
        }
    }
}
