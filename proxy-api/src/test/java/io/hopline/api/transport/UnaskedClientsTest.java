package io.hopline.api.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.handler.ssl.OpenSsl;
import io.netty.handler.ssl.SslProvider;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

/** A server that asks its clients for no certificate, where the system's CAs can't be read. */
class UnaskedClientsTest {

    private static final String STORE = "javax.net.ssl.trustStore";

    @TempDir
    Path directory;

    private @Nullable String before;

    @BeforeEach
    void spoilTheStore() throws Exception {
        before = System.getProperty(STORE);
        System.setProperty(
                STORE,
                Files.writeString(directory.resolve("cacerts"), "no store").toString());
    }

    @AfterEach
    void restoreTheStore() {
        if (before == null) {
            System.clearProperty(STORE);
        } else {
            System.setProperty(STORE, before);
        }
    }

    @ParameterizedTest
    @EnumSource(value = SslProvider.class, names = "OPENSSL_REFCNT", mode = Mode.EXCLUDE)
    void needNoCaOfTheSystem(SslProvider provider) {
        assertThat(provider == SslProvider.JDK || OpenSsl.isAvailable()).isTrue();
        assertThat(new TlsServerConfig().selfSigned().provider(provider).build().requiresClientCertificate())
                .isFalse();
    }

    @Test
    void areUnlikeServersWhichAreVerifiedByThem() {
        assertThatThrownBy(() -> new TlsClientConfig().build()).isInstanceOf(IllegalArgumentException.class);
    }
}
