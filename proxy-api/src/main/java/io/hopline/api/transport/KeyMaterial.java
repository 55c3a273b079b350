package io.hopline.api.transport;

import io.hopline.api.settings.Secret;
import java.io.IOException;
import java.nio.file.Path;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;

/**
 * A private key and the certificates that vouch for it.
 *
 * @param chain the key's own certificate first
 */
public record KeyMaterial(PrivateKey key, List<X509Certificate> chain) {

    /** @throws IllegalArgumentException if there is no certificate, it is not the key's, or TLS can't use such a key */
    public KeyMaterial {
        chain = List.copyOf(chain);
        if (chain.isEmpty()) {
            throw new IllegalArgumentException("no certificate");
        }
        if (!KeyPairs.belong(key, chain.get(0).getPublicKey())) {
            throw new IllegalArgumentException("the certificate and the key do not belong together");
        }
        if (!KeyKinds.isUsable(chain.get(0).getPublicKey())) {
            throw new IllegalArgumentException(
                    "TLS can't use a key of this kind here; take one of RSA, of the curve P-256,"
                            + " P-384 or P-521, or Ed25519");
        }
    }

    /**
     * Reads a PEM file, with the key in it or in a file of its own, or a PKCS #12 file.
     *
     * @param password opens an encrypted key or a PKCS #12 file
     * @throws IOException if a file can't be read or doesn't hold what it should; the message names the file
     */
    public static KeyMaterial read(Path certificate, Optional<Path> key, Optional<Secret> password) throws IOException {
        KeyFile file = KeyFile.read(certificate, password);
        KeyFile keyFile = key.isPresent() ? KeyFile.read(key.get(), password) : file;
        if (file.certificates().isEmpty()) {
            throw new IOException(certificate + " holds no certificate");
        }
        PrivateKey found = keyFile.key()
                .orElseThrow(() -> new IOException(key.map(k -> k + " holds no private key")
                        .orElse(certificate + " holds no private key; set key to the file that does")));
        try {
            return new KeyMaterial(found, file.certificates());
        } catch (IllegalArgumentException e) {
            throw new IOException(
                    key.map(k -> certificate + " and " + k).orElse(certificate.toString()) + ": " + e.getMessage(), e);
        }
    }

    /** A key made now, and a certificate for localhost that vouches for itself, to try things out. */
    public static KeyMaterial selfSigned() {
        return SelfSigned.make();
    }

    X509Certificate certificate() {
        return chain.get(0);
    }

    X509Certificate[] chainArray() {
        return chain.toArray(X509Certificate[]::new);
    }

    @Override
    public String toString() {
        return certificate().getSubjectX500Principal().getName();
    }
}
