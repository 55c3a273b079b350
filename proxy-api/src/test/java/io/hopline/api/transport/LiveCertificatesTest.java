package io.hopline.api.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hopline.api.settings.Live;
import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.SslProvider;
import io.netty.pkitesting.X509Bundle;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files that change, on a clock of the test's own. */
final class LiveCertificatesTest {
    private static final X509Bundle FIRST = Certificates.issue("CN=first", "first.corp");
    private static final X509Bundle SECOND = Certificates.issue("CN=second", "second.corp");

    @TempDir
    private Path folder;

    private Path certificate;
    private Path key;
    private int loads;
    private int changes;
    private long now;

    @BeforeEach
    void writeTheFirst() throws IOException {
        certificate = folder.resolve("front.pem");
        key = folder.resolve("front.key");
        write(FIRST.getCertificatePathPEM(), FIRST.getPrivateKeyPEM());
    }

    @Test
    void servesWhatIsInTheFilesFromNowOn() throws Exception {
        Live<LateContext> live = live();
        LateContext first = current(live);
        write(SECOND.getCertificatePathPEM(), SECOND.getPrivateKeyPEM());
        pass(Live.PAUSE);
        assertThat(current(live)).isNotSameAs(first).isSameAs(current(live));
        assertThat(loads).isEqualTo(2);
    }

    @Test
    void looksAtNothingMoreOftenThanItSays() throws Exception {
        Live<LateContext> live = live();
        LateContext first = current(live);
        write(SECOND.getCertificatePathPEM(), SECOND.getPrivateKeyPEM());
        pass(Live.PAUSE.minusMillis(1));
        assertThat(live.current()).isCompletedWithValue(first);
    }

    @Test
    void readsNoFileThatIsTheSame() throws Exception {
        Live<LateContext> live = live();
        LateContext first = current(live);
        pass(Live.PAUSE);
        assertThat(current(live)).isSameAs(first);
        assertThat(loads).isEqualTo(1);
    }

    @Test
    void servesWhatItHadWhileFilesCantBeUsedAndTheNewOnesAsSoonAsTheyCan() throws Exception {
        Live<LateContext> live = live();
        LateContext first = current(live);
        write(SECOND.getCertificatePathPEM(), FIRST.getPrivateKeyPEM());
        pass(Live.PAUSE);
        assertThat(current(live)).isSameAs(first);
        write("nonsense", SECOND.getPrivateKeyPEM());
        pass(Live.PAUSE);
        assertThat(current(live)).isSameAs(first);
        Files.delete(certificate);
        pass(Live.PAUSE);
        assertThat(current(live)).isSameAs(first);
        write(SECOND.getCertificatePathPEM(), SECOND.getPrivateKeyPEM());
        pass(Live.PAUSE);
        assertThat(current(live)).isNotSameAs(first);
    }

    @Test
    void servesWhatWasReadThoughItIsGoneBeforeTheFirstClientComes() throws Exception {
        LateContext first = current(live());
        Files.delete(key);
        assertThat(first.made().get(10, TimeUnit.SECONDS))
                .isNotNull()
                .isSameAs(first.made().join());
    }

    @Test
    void tellsWhatIsWrongWhereThereIsNothingToBeginWith() throws IOException {
        write("nonsense", FIRST.getPrivateKeyPEM());
        assertThatThrownBy(this::live).isInstanceOf(IOException.class).hasMessageContaining("front.pem");
    }

    private Live<LateContext> live() throws IOException {
        TlsServerRecipe recipe = new TlsServerRecipe(
                List.of(new KeySource.Stored(certificate, Optional.of(key), Optional.empty(), List.of())),
                ClientAuth.NONE,
                List.of(),
                Optional.empty(),
                TlsVersion.protocols(TlsVersion.TLS_1_2, TlsVersion.TLS_1_3),
                List.of(),
                () -> SslProvider.JDK);
        return new Live<>(
                new Live.Source<>() {
                    @Override
                    public LateContext load() throws IOException {
                        loads++;
                        return recipe.load();
                    }

                    @Override
                    public List<Path> files() {
                        return recipe.files();
                    }
                },
                "files of TLS",
                () -> now);
    }

    private static LateContext current(Live<LateContext> live) throws Exception {
        return live.current().get(10, TimeUnit.SECONDS);
    }

    private void pass(Duration time) {
        now += time.toNanos();
    }

    private void write(String certificates, String privateKey) throws IOException {
        Files.writeString(certificate, certificates);
        Files.writeString(key, privateKey);
        FileTime changed = FileTime.fromMillis(1_700_000_000_000L + 1_000L * ++changes);
        Files.setLastModifiedTime(certificate, changed);
        Files.setLastModifiedTime(key, changed);
    }
}
