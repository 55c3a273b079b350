package io.hopline.api.transport;

import static org.assertj.core.api.Assertions.assertThat;

import io.hopline.api.DialException;
import io.hopline.api.HostPort;
import io.hopline.api.Step;
import io.netty.channel.Channel;
import io.netty.util.concurrent.Future;
import java.util.concurrent.BlockingQueue;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** That a certificate is good for another server makes it no good for this one (RFC 9110 section 4.3.4). */
class TlsNameTest {

    private final BlockingQueue<End> accepted = End.queue();
    private final Wire wire = new Wire();

    @AfterEach
    void close() {
        wire.close();
    }

    private Future<Channel> dial(TlsPairing pairing, String name) {
        HostPort address = wire.listen(pairing.front().over(End.into(accepted), false));
        return wire.dial(address, name, pairing.layer()).awaitUninterruptibly();
    }

    static Stream<Arguments> otherNames() {
        return TlsPairing.all()
                .flatMap(pairing -> Stream.of("other.corp", "corp", "x.proxy.corp", "127.0.0.2", "::1")
                        .map(name -> Arguments.of(pairing, name)));
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("otherNames")
    void takesNoCertificateOfAnotherServer(TlsPairing pairing, String name) {
        assertThat(dial(pairing, name).cause())
                .isInstanceOfSatisfying(
                        DialException.class,
                        failure -> assertThat(failure.step()).isEqualTo(Step.TLS));
    }

    static Stream<Arguments> itsNames() {
        return TlsPairing.all()
                .flatMap(pairing ->
                        Stream.of("proxy.corp", "PROXY.corp", "127.0.0.1").map(name -> Arguments.of(pairing, name)));
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("itsNames")
    void takesTheCertificateOfTheServerThatWasMeant(TlsPairing pairing, String name) {
        Future<Channel> dialed = dial(pairing, name);
        assertThat(dialed.isSuccess()).isTrue();
        dialed.getNow().close().syncUninterruptibly();
    }
}
