package io.hopline.api.transport;

import static org.assertj.core.api.Assertions.assertThat;

import io.hopline.api.HostPort;
import io.hopline.api.Session;
import io.netty.channel.Channel;
import io.netty.handler.ssl.SslProvider;
import io.netty.util.concurrent.Future;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Who a client is that shows a certificate. */
class CertifiedUserTest {

    private final BlockingQueue<End> accepted = End.queue();
    private final Wire wire = new Wire();

    @AfterEach
    void close() {
        wire.close();
    }

    @ParameterizedTest
    @CsvSource({"JDK, true", "JDK, false", "OPENSSL, true", "OPENSSL, false"})
    void isTheSubjectOfTheCertificateWhetherItIsRequiredOrNot(SslProvider provider, boolean required) throws Exception {
        TlsServerConfig front = front(provider).clientCertificates(List.of(Certificates.CA.getCertificate()), required);
        assertThat(user(front, client().key(Certificates.key(Certificates.issue("CN=alice")))))
                .contains("alice");
    }

    @ParameterizedTest
    @MethodSource("io.hopline.api.transport.TlsPairing#providers")
    void isNobodyWithoutOneWhereItIsOptional(SslProvider provider) throws Exception {
        TlsServerConfig front = front(provider).clientCertificates(List.of(Certificates.CA.getCertificate()), false);
        assertThat(user(front, client())).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("io.hopline.api.transport.TlsPairing#providers")
    void isNobodyWhereNoneIsAskedFor(SslProvider provider) throws Exception {
        assertThat(user(front(provider), client())).isEmpty();
    }

    private static TlsServerConfig front(SslProvider provider) {
        return new TlsServerConfig().key(Certificates.key(Certificates.PROXY)).provider(provider);
    }

    private static TlsClientConfig client() {
        return new TlsClientConfig().trust(List.of(Certificates.CA.getCertificate()));
    }

    private Optional<String> user(TlsServerConfig front, TlsClientConfig client) throws InterruptedException {
        HostPort address = wire.listen(front.build().over(End.into(accepted), false));
        Future<Channel> dialed =
                wire.dial(address, "proxy.corp", client.build()).awaitUninterruptibly();
        assertThat(dialed.isSuccess()).isTrue();
        End end = accepted.poll(10, TimeUnit.SECONDS);
        assertThat(end).isNotNull();
        Session session = end.session;
        dialed.getNow().close().syncUninterruptibly();
        assertThat(session).isNotNull();
        return session.user();
    }
}
