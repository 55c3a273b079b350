package io.hopline.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.typesafe.config.ConfigFactory;
import io.hopline.api.Chain;
import io.hopline.api.Entry;
import io.hopline.api.HostPort;
import io.hopline.api.Served;
import io.hopline.api.Session;
import io.hopline.api.SessionObserver;
import io.hopline.api.builtin.TcpEntry;
import io.hopline.launcher.config.HoplineConfig;
import io.hopline.launcher.plugins.Plugins;
import java.net.InetAddress;
import java.net.Socket;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What is put together in Java is told and refused as it is in a config. */
class HoplineBuilderTest {

    private static final Entry TO_1 = new TcpEntry(new HostPort("127.0.0.1", 1));
    private static final Entry TO_2 = new TcpEntry(new HostPort("127.0.0.1", 2));

    @Test
    void tellsWhatClientsSpeakAndNotHowTheInboundIsNamed() throws Exception {
        CompletableFuture<Session> told = new CompletableFuture<>();
        SessionObserver observer = new SessionObserver() {
            @Override
            public void served(Session session, Served served) {
                told.complete(session);
            }
        };
        try (EchoTarget target = new EchoTarget();
                Hopline hopline = Hopline.builder()
                        .inbound("front", "127.0.0.1:0", new TcpEntry(target.address()), Chain.of())
                        .observer(observer)
                        .start();
                Socket client = new Socket(
                        InetAddress.getLoopbackAddress(),
                        hopline.address("front").getPort())) {
            client.shutdownOutput();
            client.getInputStream().readAllBytes();

            Session session = told.get(10, TimeUnit.SECONDS);
            assertThat(session.inbound()).isEqualTo("front");
            assertThat(session.protocol()).isEqualTo("tcp");
        }
    }

    @Test
    void refusesATargetThatTheLastHopCantReach() {
        Entry entry = new TcpEntry(HostPort.parse("[2001:db8::1]:80"));
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () -> Hopline.builder().inbound("a", "127.0.0.1:0", entry, chain("socks4://192.0.2.1:1080")))
                .withMessage("inbound \"a\": [2001:db8::1]:80 can't be reached over hop 1"
                        + " (socks4 192.0.2.1:1080): SOCKS4 can't carry IPv6 addresses; use socks5");
    }

    @Test
    void refusesInboundsThatServeEachOther() {
        HoplineBuilder builder = Hopline.builder().inbound("a", "127.0.0.1:1", TO_2, Chain.of());
        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder.inbound("b", "127.0.0.1:2", TO_1, Chain.of()))
                .withMessage("clients would be served in a circle: a -> b -> a");
    }

    @Test
    void refusesSocketsThatTellWhoAClientIsBeneathSessionsThatClientsShare() {
        Chain shared = chain("http2://192.0.2.1:443");
        String key = "hopline.defaults.outbound.direct.proxy-protocol";
        System.setProperty(key, "v2");
        ConfigFactory.invalidateCaches();
        try {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> Hopline.builder().inbound("a", "127.0.0.1:0", TO_1, shared))
                    .withMessageStartingWith("inbound \"a\": clients share the sessions of hop 1"
                            + " (http2 192.0.2.1:443), so direct can't tell the address of one");
        } finally {
            System.clearProperty(key);
            ConfigFactory.invalidateCaches();
        }
    }

    private static Chain chain(String urls) {
        return HoplineConfig.chain(urls, Plugins.load());
    }
}
