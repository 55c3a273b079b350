package io.hopline.launcher;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.hopline.api.Entry;
import io.hopline.api.Inbound;
import io.hopline.api.InboundFactory;
import io.hopline.api.Outbound;
import io.hopline.api.settings.Settings;
import io.hopline.api.transport.InboundLayers;
import io.hopline.api.transport.Transport;
import io.hopline.launcher.plugins.Plugins;
import io.hopline.testkit.LiveInbound;
import io.netty.channel.Channel;
import io.netty.handler.ssl.util.InsecureTrustManagerFactory;
import io.netty.util.concurrent.Promise;
import java.io.IOException;
import java.net.Socket;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A client that breaks off while its target is dialed, whatever it speaks, whatever stands in front of that, on each transport. */
@Timeout(60)
class BrokenOffClientTest {

    private static final String LEFT = "client left during the dial";

    private final Plugins plugins = Plugins.load();
    private final BlockingQueue<Promise<Channel>> dials = new LinkedBlockingQueue<>();
    private final Outbound never = (target, session) -> {
        Promise<Channel> promise = session.loop().newPromise();
        dials.add(promise);
        return promise;
    };

    /** What it speaks, and what it says to be served. */
    private enum Speaks {
        TCP("tcp", "", LEFT),
        CONNECT("connect", "CONNECT a.invalid:1 HTTP/1.1\r\nHost: a.invalid:1\r\n\r\n", LEFT),
        TUNNEL("http", CONNECT.request, LEFT),
        HTTP(
                "http",
                "GET http://a.invalid/ HTTP/1.1\r\nHost: a.invalid\r\n\r\n",
                "the client left before the response had ended"),
        SOCKS4("socks4", "\4\1\0\120\177\0\0\1\0", LEFT),
        SOCKS5("socks5", "\5\1\0\5\1\0\1\177\0\0\1\0\120", LEFT),
        MIXED("mixed", SOCKS5.request, LEFT);

        private final String type;
        private final String request;
        private final String outcome;

        Speaks(String type, String request, String outcome) {
            this.type = type;
            this.request = request;
            this.outcome = outcome;
        }
    }

    /** What it speaks that in, and how it breaks off: without TLS an end of TCP is no break. */
    private enum BreaksOff {
        BY_A_RESET("", true),
        BY_A_RESET_BEHIND_A_PROXY_HEADER("proxy-protocol {}", true),
        BY_A_RESET_IN_TLS("tls { self-signed = true }", true),
        BY_AN_END_OF_TCP_IN_TLS("tls { self-signed = true }", false),
        BY_AN_END_OF_TCP_IN_TLS_BEHIND_A_PROXY_HEADER("proxy-protocol {}, tls { self-signed = true }", false);

        private final String layers;
        private final boolean reset;

        BreaksOff(String layers, boolean reset) {
            this.layers = layers;
            this.reset = reset;
        }

        void to(Socket tcp) throws IOException {
            if (reset) {
                tcp.setSoLinger(true, 0);
                tcp.close();
            } else {
                tcp.shutdownOutput();
            }
        }
    }

    static Stream<Arguments> eachBreak() {
        return Arrays.stream(Transport.values())
                .flatMap(transport -> Arrays.stream(Speaks.values())
                        .flatMap(spoken ->
                                Arrays.stream(BreaksOff.values()).map(how -> Arguments.of(transport, spoken, how))));
    }

    @ParameterizedTest
    @MethodSource("eachBreak")
    void endsTheDialAndIsSaidToHaveLeft(Transport transport, Speaks spoken, BreaksOff how) throws Exception {
        assumeThat(transport.obstacle()).isEmpty();
        try (LiveInbound inbound = new LiveInbound(inbound(spoken, how), transport);
                Socket tcp =
                        new Socket(inbound.address().host(), inbound.address().port())) {
            if (how.layers.contains("proxy-protocol")) {
                tcp.getOutputStream().write("PROXY UNKNOWN\r\n".getBytes(ISO_8859_1));
            }
            Socket client = how.layers.contains("tls") ? secured(tcp) : tcp;
            client.getOutputStream().write(spoken.request.getBytes(ISO_8859_1));
            Promise<Channel> dial = dials.poll(10, TimeUnit.SECONDS);
            assertThat(dial).as("the dial").isNotNull();

            how.to(tcp);

            assertThat(dial.await(10, TimeUnit.SECONDS)).as("the dial is over").isTrue();
            assertThat(dial.isCancelled()).isTrue();
            assertThat(inbound.served().served().outcome()).isEqualTo(spoken.outcome);
        }
    }

    private Inbound inbound(Speaks spoken, BreaksOff how) {
        InboundFactory factory = requireNonNull(plugins.inbounds().get(spoken.type));
        String settings = spoken == Speaks.TCP ? "target = \"a.invalid:1\"" : "";
        Entry entry = Settings.read("inbound." + spoken.type, settings, factory::read);
        return Settings.read("", how.layers, section -> InboundLayers.read(section, Map.of()))
                .over(entry.to(never), false, UnaryOperator.identity());
    }

    private static Socket secured(Socket tcp) throws Exception {
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, InsecureTrustManagerFactory.INSTANCE.getTrustManagers(), null);
        SSLSocket tls = (SSLSocket) context.getSocketFactory()
                .createSocket(tcp, tcp.getInetAddress().getHostAddress(), tcp.getPort(), false);
        tls.startHandshake();
        return tls;
    }
}
