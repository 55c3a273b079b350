package io.hopline.api.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.hopline.api.HostPort;
import io.hopline.api.Inbound;
import io.hopline.api.settings.Live;
import io.netty.channel.Channel;
import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.DelegatingSslContext;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslProvider;
import io.netty.util.concurrent.Future;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLEngine;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Clients that come before what TLS needs is made. */
final class LateTlsTest implements Live.Source<LateContext> {

    private static final String GONE = "the client closed the connection during the TLS handshake";

    private final Wire wire = new Wire();
    private final CountDownLatch made = new CountDownLatch(1);
    private final BlockingQueue<Channel> accepted = new LinkedBlockingQueue<>();
    private final BlockingQueue<End> served = End.queue();
    private final AtomicInteger failures = new AtomicInteger();
    private volatile boolean usable = true;

    @AfterEach
    void close() {
        made.countDown();
        wire.close();
    }

    @Test
    void areServedOnceItIs() throws IOException {
        HostPort address = listen();
        Future<Channel> dialed = wire.dial(address, "proxy.corp", trusting());
        Wire.take(accepted);
        assertThat(served).isEmpty();

        made.countDown();

        End client = End.of(Wire.get(dialed));
        client.send("first");
        Wire.take(served).awaitText("first");
    }

    @Test
    void areToldOfIfTheyLeaveBefore() throws IOException {
        HostPort address = listen();
        Socket client = new Socket(address.host(), address.port());
        Wire.take(accepted);
        client.close();

        made.countDown();

        assertThat(wire.outcome()).isEqualTo(GONE);
    }

    @Test
    void areToldOfIfTheyAreClosedBefore() throws IOException {
        HostPort address = listen();
        Socket client = new Socket(address.host(), address.port());
        Wire.take(accepted).close().syncUninterruptibly();

        made.countDown();

        assertThat(wire.outcome()).isEqualTo(GONE);
        client.close();
    }

    @Test
    void areCutOffIfItCantBeMadeAndServedOnceItCan() throws IOException {
        failures.set(1);
        made.countDown();
        HostPort address = listen();

        assertThat(Wire.failure(wire.dial(address, "proxy.corp", trusting()))).isNotNull();
        assertThat(wire.outcome()).isEqualTo("no TLS today");

        End.of(Wire.get(wire.dial(address, "proxy.corp", trusting()))).send("second");
        Wire.take(served).awaitText("second");
    }

    @Test
    void areCutOffIfItIsMadeAndCantBeUsed() throws IOException {
        usable = false;
        HostPort address = listen();
        try (Socket client = new Socket(address.host(), address.port())) {
            Wire.take(accepted);

            made.countDown();

            assertThat(wire.outcome()).isEqualTo("no engine today");
            assertThatExceptionOfType(SocketException.class)
                    .isThrownBy(() -> client.getInputStream().read());
        }
    }

    private HostPort listen() throws IOException {
        Live<LateContext> keys = new Live<>(this, "files of TLS", System::nanoTime);
        Inbound tls = new TlsInbound(keys, Duration.ofSeconds(10), End.into(served), Map.of());
        return wire.listen((client, session) -> {
            tls.accept(client, session);
            accepted.add(client);
        });
    }

    private static TlsLayer trusting() {
        return new TlsClientConfig()
                .trust(List.of(Certificates.CA.getCertificate()))
                .build();
    }

    @Override
    public LateContext load() throws IOException {
        LateContext context = new TlsServerRecipe(
                        List.of(KeySource.fixed(ServerKey.of(Certificates.key(Certificates.PROXY)))),
                        ClientAuth.NONE,
                        List.of(),
                        Optional.empty(),
                        TlsVersion.protocols(TlsVersion.TLS_1_2, TlsVersion.TLS_1_3),
                        List.of(),
                        () -> SslProvider.JDK)
                .load();
        return new LateContext(() -> {
            try {
                made.await();
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
            if (failures.getAndDecrement() > 0) {
                throw new IllegalArgumentException("no TLS today");
            }
            SslContext usual = context.made().join();
            return usable ? usual : new Unusable(usual);
        });
    }

    @Override
    public List<Path> files() {
        return List.of();
    }

    /** Makes no engine. */
    private static final class Unusable extends DelegatingSslContext {

        Unusable(SslContext usual) {
            super(usual);
        }

        @Override
        protected void initEngine(SSLEngine engine) {
            throw new IllegalStateException("no engine today");
        }
    }
}
