package io.hopline.api.transport;

import static java.nio.charset.StandardCharsets.UTF_16LE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hopline.api.settings.Secret;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Files as OpenSSL writes them. */
class KeyMaterialTest {

    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        rsa.pem     | rsa.key                |        | RSA
        rsa.pem     | rsa-pkcs1.key          |        | RSA
        rsa.pem     | rsa-encrypted.key      | secret | RSA
        ec.pem      | ec.key                 |        | EC
        ec.pem      | ec-sec1.key            |        | EC
        ec.pem      | ec-with-parameters.key |        | EC
        ec-both.pem |                        |        | EC
        ec.p12      |                        | secret | EC
        ed25519.pem | ed25519.key            |        | EdDSA
        p384.pem    | p384.key               |        | EC
        p521.pem    | p521.key               |        | EC
        """)
    void readsEveryFormatThatOpensslWrites(
            String certificate, @Nullable String key, @Nullable String password, String algorithm) throws IOException {
        KeyMaterial read = read(certificate, key, password);

        assertThat(read.key().getAlgorithm()).isEqualTo(algorithm);
        assertThat(read.chain()).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        rsa.pem    | none.key              |        | none.key: no such file
        none.pem   |                       |        | none.pem: no such file
        rsa.pem    |                       |        | rsa.pem holds no private key; set key to the file that does
        rsa.pem    | ec.pem                |        | ec.pem holds no private key
        rsa.key    |                       |        | rsa.key holds no certificate
        rsa.pem    | ec.key                |        | ec.key: the certificate and the key do not belong together
        ec.pem     | rsa.key               |        | rsa.key: the certificate and the key do not belong together
        rsa.pem    | rsa-encrypted.key     |        | rsa-encrypted.key: the key is encrypted: set password
        rsa.pem    | rsa-encrypted.key     | wrong  | rsa-encrypted.key: the password does not open the key
        rsa.pem    | rsa-encrypted.key     | wrong380 | rsa-encrypted.key: the password does not open the key, or
        rsa.pem    | rsa-scrypt.key        | secret | rsa-scrypt.key: the key is damaged, or encrypted in a way that Java does not know
        rsa.pem    | rsa-camellia.key      | secret | rsa-camellia.key: the key is damaged, or encrypted in a way that Java does not know
        rsa.pem    | rsa-umlaut.key        | schlüssel | rsa-umlaut.key: Java opens keys by passwords of ASCII alone
        ed448.pem  | ed448.key             |        | ed448.key: TLS can't use a key of this kind here; take one of RSA
        k256.pem   | k256.key              |        | k256.key: TLS can't use a key of this kind here
        pss.pem    | pss.key               |        | pss.key: TLS can't use a key of this kind here
        rsa.pem    | rsa-old-encrypted.key | secret | rsa-old-encrypted.key: a key in OpenSSL's old encrypted format
        ec.p12     |                       | wrong  | ec.p12: the password does not open it
        ec.p12     |                       |        | ec.p12: the password does not open it
        """)
    void saysWhichFileCantBeUsedAndWhy(
            String certificate, @Nullable String key, @Nullable String password, String expected) {
        assertThatThrownBy(() -> read(certificate, key, password))
                .isInstanceOf(IOException.class)
                .hasMessageContaining(expected)
                .hasMessageNotContaining("wrong");
    }

    @Test
    void takesNoKeyOfTheSameKindThatIsAnotherCertificates() throws Exception {
        for (String certificate : List.of("ec.pem", "rsa.pem")) {
            List<X509Certificate> chain = KeyFile.authorities(file(certificate), Optional.empty());
            KeyPairGenerator generator =
                    KeyPairGenerator.getInstance(chain.get(0).getPublicKey().getAlgorithm());
            PrivateKey another = generator.generateKeyPair().getPrivate();

            assertThatThrownBy(() -> new KeyMaterial(another, chain))
                    .as(certificate)
                    .hasMessage("the certificate and the key do not belong together");
        }
    }

    @Test
    void takesACurvesKeyWhosePublicPartItsFormLacks() throws IOException {
        KeyMaterial made = KeyMaterial.selfSigned();
        byte[] certified = made.chain().get(0).getPublicKey().getEncoded();
        HexFormat hex = HexFormat.of();

        assertThat(hex.formatHex(made.key().getEncoded()))
                .doesNotContain(hex.formatHex(certified, certified.length - 65, certified.length));
    }

    @ParameterizedTest
    @CsvSource({
        "PRIVATE KEY, 3000",
        "PRIVATE KEY, 30",
        "PRIVATE KEY, 300d06b20000",
        "PRIVATE KEY, 300d020100308470000000",
        "PRIVATE KEY, 300d02010030070684700000000000",
        "PRIVATE KEY, 300d0201003009068500ffffffff00",
        "EC PRIVATE KEY, 3012020101040100a084700000000000",
        "EC PRIVATE KEY, 30ff"
    })
    void readsNoDamagedKey(String label, String der) throws IOException {
        Path damaged = folder.resolve("damaged.key");
        String base64 = Base64.getEncoder().encodeToString(HexFormat.of().parseHex(der));
        Files.writeString(damaged, "-----BEGIN %1$s-----\n%2$s\n-----END %1$s-----\n".formatted(label, base64));

        assertThatThrownBy(() -> KeyMaterial.read(file("ec.pem"), Optional.of(damaged), Optional.empty()))
                .hasMessageContaining("damaged.key: the key is damaged");
    }

    @Test
    void saysOfEachPlaceThatAnEncryptedKeyMayBeCutAtThatItIsDamaged() throws IOException {
        byte[] whole = pem("rsa-encrypted.key").der();
        for (int length = 0; length < whole.length; length++) {
            assertThatDamaged(Arrays.copyOf(whole, length));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"A", "AB=C", "MIIB"})
    void saysOfACertificateThatItIsDamaged(String base64) throws IOException {
        Path damaged = folder.resolve("damaged.pem");
        Files.writeString(damaged, "-----BEGIN CERTIFICATE-----\n" + base64 + "\n-----END CERTIFICATE-----\n");

        assertThatThrownBy(() -> KeyMaterial.read(damaged, Optional.empty(), Optional.empty()))
                .hasMessage(damaged + ": a CERTIFICATE in it is damaged");
    }

    private void assertThatDamaged(byte[] der) throws IOException {
        Path damaged = folder.resolve("damaged.key");
        String base64 = Base64.getEncoder().encodeToString(der);
        Files.writeString(
                damaged,
                "-----BEGIN ENCRYPTED PRIVATE KEY-----\n" + base64 + "\n-----END ENCRYPTED PRIVATE KEY-----\n");

        assertThatThrownBy(() ->
                        KeyMaterial.read(file("rsa.pem"), Optional.of(damaged), Optional.of(new Secret("secret"))))
                .message()
                .matches(text -> text.equals(damaged + ": " + PrivateKeys.UNREADABLE)
                        || text.startsWith(damaged + ": the password does not open the key"));
    }

    private Pem pem(String name) throws IOException {
        return Pem.read(Files.readString(file(name))).get(0);
    }

    @Test
    void readsNoFileOfAnotherKind() throws IOException {
        Path text = folder.resolve("notes.txt");
        Files.writeString(text, "nothing of use");

        assertThatThrownBy(() -> KeyMaterial.read(text, Optional.empty(), Optional.empty()))
                .hasMessageContaining("notes.txt: neither PEM nor PKCS #12");
    }

    /** PowerShell writes so what a program prints. */
    @Test
    void saysOfPemThatItIsUtf16() throws IOException {
        Path certificate = folder.resolve("ec.pem");
        Files.writeString(certificate, "\uFEFF" + Files.readString(file("ec.pem")), UTF_16LE);

        assertThatThrownBy(() -> KeyMaterial.read(certificate, Optional.empty(), Optional.empty()))
                .hasMessage(certificate + ": is UTF-16, expected PEM or PKCS #12: save it as UTF-8");
    }

    private KeyMaterial read(String certificate, @Nullable String key, @Nullable String password) throws IOException {
        return KeyMaterial.read(
                file(certificate),
                key == null ? Optional.empty() : Optional.of(file(key)),
                Optional.ofNullable(password).map(Secret::new));
    }

    /** A copy of the resource; where there is none, a path that nothing is at. */
    private Path file(String name) throws IOException {
        Path copy = folder.resolve(name);
        try (InputStream resource = KeyMaterialTest.class.getResourceAsStream(name)) {
            if (resource != null && !Files.exists(copy)) {
                Files.copy(resource, copy);
            }
        }
        return copy;
    }
}
