package io.hopline.api.transport;

import static org.assertj.core.api.Assertions.assertThat;

import io.hopline.api.HostPort;
import io.netty.handler.ssl.SslProvider;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class TlsEndTest {

    private final BlockingQueue<End> accepted = End.queue();
    private Wire wire;

    /** Who does TLS at which end, by which version. */
    record Pairing(SslProvider client, SslProvider server, TlsVersion version) {

        TlsLayer layer() {
            return new TlsClientConfig()
                    .trust(List.of(Certificates.CA.getCertificate()))
                    .minVersion(version)
                    .provider(client)
                    .build();
        }

        InboundTls front() {
            return new TlsServerConfig()
                    .key(Certificates.key(Certificates.PROXY))
                    .maxVersion(version)
                    .provider(server)
                    .build();
        }
    }

    static Stream<Pairing> pairings() {
        return Stream.of(SslProvider.JDK, SslProvider.OPENSSL)
                .flatMap(client -> Stream.of(SslProvider.JDK, SslProvider.OPENSSL)
                        .flatMap(server ->
                                Stream.of(TlsVersion.values()).map(version -> new Pairing(client, server, version))));
    }

    @BeforeEach
    void open() {
        wire = new Wire();
    }

    @AfterEach
    void close() {
        wire.close();
    }

    @ParameterizedTest
    @MethodSource("pairings")
    void passesDataBothWaysAndTellsTheStep(Pairing pairing) {
        HostPort address = wire.listen(pairing.front().over(End.into(accepted), false));
        End client = wire.open(address, "proxy.corp", pairing.layer());
        client.send("hello");
        End server = Wire.take(accepted);
        server.awaitText("hello");
        server.send("welcome");
        client.awaitText("welcome");
        assertThat(wire.steps)
                .containsExactly(
                        "hop 2 (connect proxy.corp:443), TLS: " + pairing.version.protocol() + ", CN=proxy.corp");
    }
}
