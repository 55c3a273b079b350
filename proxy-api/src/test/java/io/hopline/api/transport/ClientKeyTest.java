package io.hopline.api.transport;

import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The key that a hop shows to its server. */
class ClientKeyTest {

    @Test
    void isRefusedIfItWouldBeShownToNobody() throws IOException {
        TlsClientConfig config = new TlsClientConfig()
                .dontVerify()
                .key(KeyMaterial.read(resource("ed25519.pem"), Optional.of(resource("ed25519.key")), Optional.empty()));

        assertThatIllegalArgumentException()
                .isThrownBy(config::build)
                .withMessage("a hop's TLS can't show a key of Ed25519; take one of RSA, or of the curve P-256, P-384 or"
                        + " P-521");
    }

    private static Path resource(String name) {
        return Path.of(
                Objects.requireNonNull(ClientKeyTest.class.getResource(name)).getPath());
    }
}
