package io.hopline.api.transport;

import static org.assertj.core.api.Assertions.assertThat;

import io.hopline.api.HostPort;
import io.netty.channel.Channel;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslProvider;
import io.netty.util.concurrent.Future;
import java.io.IOException;
import java.net.Socket;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** A certificate is shown to clients that know keys of its kind, by whatever version of TLS; BoringSSL as a client knows no Ed25519. */
class ServerKeyKindTest {

    private static final String NAME = "front.corp";

    private final BlockingQueue<End> accepted = End.queue();
    private final Wire wire = new Wire();

    @AfterEach
    void close() {
        wire.close();
    }

    static Stream<TlsPairing> knowing() {
        return TlsPairing.all().filter(p -> p.client() == SslProvider.JDK);
    }

    static Stream<TlsPairing> notKnowing() {
        return TlsPairing.all().filter(p -> p.client() == SslProvider.OPENSSL);
    }

    static Stream<TlsPairing> notKnowingButTold() {
        return notKnowing().filter(p -> p.server() == SslProvider.OPENSSL || p.version() == TlsVersion.TLS_1_3);
    }

    @ParameterizedTest
    @MethodSource("knowing")
    void showsEd25519ToClientsThatKnowIt(TlsPairing pairing) {
        assertThat(shown(pairing, "ed25519")).contains("ed25519");
    }

    @ParameterizedTest
    @MethodSource("notKnowing")
    void showsClientsThatDoNotTheKeyOfAnotherKindForTheirName(TlsPairing pairing) {
        assertThat(shown(pairing, "ed25519", "rsa")).contains("rsa");
        assertThat(shown(pairing, "ed25519", "ec")).contains("ec");
    }

    @ParameterizedTest
    @MethodSource("notKnowingButTold")
    void saysOfAClientThatItKnowsNoKeyOfTheKindsThatAreHere(TlsPairing pairing) {
        assertThat(shown(pairing, "ed25519")).isEmpty();
        assertThat(wire.outcome())
                .isEqualTo("TLS: the client takes no certificate with a key of this kind; add one of another kind,"
                        + " EC or RSA, to tls.certificates");
    }

    @ParameterizedTest
    @CsvSource({"OPENSSL, 0804, C02F", "OPENSSL, 0403, C02B", "JDK, 0804, C02F", "JDK, 0403, C02B"})
    void picksBySignatureAlgorithmForAClientOfTls12ThatAsksForNoName(SslProvider server, String signed, String suite)
            throws IOException {
        HostPort address = listen(server, TlsVersion.TLS_1_2, "ec", "rsa");
        try (Socket socket = new Socket(address.host(), address.port())) {
            socket.setSoTimeout(20_000);
            socket.getOutputStream()
                    .write(HexFormat.of()
                            .parseHex("16 0301 0047 01 000043 0303".replace(" ", "")
                                    + "5A".repeat(32)
                                    + "00 0004 C02B C02F 01 00 0016 000A 0004 0002 0017 000B 0002 01 00 000D 0004 0002 "
                                            .replace(" ", "")
                                    + signed));
            byte[] answer = socket.getInputStream().readNBytes(43);
            assertThat(answer).as("a ServerHello").startsWith(0x16).hasSize(43);
            int session = socket.getInputStream().read();
            socket.getInputStream().readNBytes(session);
            assertThat(socket.getInputStream().readNBytes(2))
                    .isEqualTo(HexFormat.of().parseHex(suite));
        }
    }

    private HostPort listen(SslProvider provider, TlsVersion most, String... keys) {
        TlsServerConfig front = new TlsServerConfig().maxVersion(most).provider(provider);
        for (String key : keys) {
            front.key(new KeySource.Stored(
                    resource(key + ".pem"), Optional.of(resource(key + ".key")), Optional.empty(), List.of(NAME)));
        }
        return wire.listen(front.build().over(End.into(accepted), false));
    }

    /** The subject of the certificate that the client is shown; empty if there is no TLS. */
    private Optional<String> shown(TlsPairing pairing, String... keys) {
        HostPort address = listen(pairing.server(), pairing.version(), keys);
        TlsLayer layer =
                new TlsClientConfig().dontVerify().provider(pairing.client()).build();
        Future<Channel> dialed = wire.dial(address, NAME, layer).awaitUninterruptibly();
        if (!dialed.isSuccess()) {
            return Optional.empty();
        }
        Optional<String> subject = TlsSessions.peer(dialed.getNow().pipeline().get(SslHandler.class))
                .map(CertificateNames::subject);
        dialed.getNow().close().syncUninterruptibly();
        return subject;
    }

    private static Path resource(String name) {
        return Path.of(Objects.requireNonNull(ServerKeyKindTest.class.getResource(name))
                .getPath());
    }
}
