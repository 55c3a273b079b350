package io.hopline.api.transport;

import io.hopline.api.settings.Secret;
import io.hopline.api.settings.Unreadable;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.UnrecoverableKeyException;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/** What a PEM or PKCS #12 (RFC 7292) file holds; which of the two it is its content tells. */
record KeyFile(Optional<PrivateKey> key, List<X509Certificate> certificates) {

    /** @throws IOException if the file can't be read; the message names it and says why */
    static KeyFile read(Path file, Optional<Secret> password) throws IOException {
        try {
            byte[] bytes = Files.readAllBytes(file);
            String text = new String(bytes, StandardCharsets.ISO_8859_1);
            if (text.startsWith("\u00ff\u00fe") || text.startsWith("\u00fe\u00ff")) {
                throw new IOException("is UTF-16, expected PEM or PKCS #12: save it as UTF-8");
            }
            return text.contains("-----BEGIN ") ? pem(text, password) : pkcs12(bytes, password);
        } catch (IOException e) {
            throw new IOException(file + ": " + Unreadable.why(e), e);
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw new IOException(file + ": " + e.getMessage(), e);
        }
    }

    /** The certificates of a file that is to hold nothing else of use. */
    static List<X509Certificate> authorities(Path file, Optional<Secret> password) throws IOException {
        List<X509Certificate> found = read(file, password).certificates();
        if (found.isEmpty()) {
            throw new IOException(file + " holds no certificate, or in PKCS #12 none that is marked as trusted"
                    + " (keytool marks them, openssl does not; PEM needs no mark)");
        }
        return found;
    }

    private static KeyFile pem(String text, Optional<Secret> password) throws GeneralSecurityException {
        CertificateFactory factory = CertificateFactory.getInstance("X.509");
        Optional<PrivateKey> key = Optional.empty();
        List<X509Certificate> certificates = new ArrayList<>();
        for (Pem block : Pem.read(text)) {
            if (block.label().endsWith("CERTIFICATE")) {
                certificates.add(certificate(block, factory));
            } else if (PrivateKeys.isKey(block)) {
                key = Optional.of(PrivateKeys.read(block, password));
            }
        }
        return new KeyFile(key, certificates);
    }

    private static X509Certificate certificate(Pem block, CertificateFactory factory) throws CertificateException {
        try {
            return (X509Certificate) factory.generateCertificate(new ByteArrayInputStream(block.der()));
        } catch (CertificateException e) {
            throw new CertificateException(Pem.damaged(block.label()), e);
        }
    }

    private static KeyFile pkcs12(byte[] bytes, Optional<Secret> password)
            throws GeneralSecurityException, IOException {
        char[] secret = password.map(p -> p.reveal().toCharArray()).orElse(new char[0]);
        KeyStore store = KeyStore.getInstance("PKCS12");
        try {
            store.load(new ByteArrayInputStream(bytes), secret);
        } catch (IOException e) {
            throw new IOException(
                    e.getCause() instanceof UnrecoverableKeyException
                            ? "the password does not open it"
                            : "neither PEM nor PKCS #12 that Java can read",
                    e);
        }
        List<X509Certificate> trusted = new ArrayList<>();
        for (String alias : Collections.list(store.aliases())) {
            if (store.getKey(alias, secret) instanceof PrivateKey key) {
                return new KeyFile(Optional.of(key), x509(store.getCertificateChain(alias)));
            }
            trusted.addAll(x509(store.getCertificate(alias)));
        }
        return new KeyFile(Optional.empty(), trusted);
    }

    private static List<X509Certificate> x509(Certificate... certificates) {
        List<X509Certificate> all = new ArrayList<>();
        for (Certificate certificate : certificates) {
            if (certificate instanceof X509Certificate x509) {
                all.add(x509);
            }
        }
        return all;
    }
}
