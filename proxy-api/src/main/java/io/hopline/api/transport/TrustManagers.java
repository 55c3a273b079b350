package io.hopline.api.transport;

import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;

/** Whom to trust: the system's CAs, only given ones, or nobody. */
final class TrustManagers {

    /** Knows no CA, and needs none to be read. */
    static final X509ExtendedTrustManager NOBODY = new TrustsNobody();

    private TrustManagers() {}

    /** The CAs of the JDK, or of {@code javax.net.ssl.trustStore}. */
    static X509ExtendedTrustManager system() {
        return of(null);
    }

    static X509ExtendedTrustManager only(List<X509Certificate> authorities) {
        try {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            for (int i = 0; i < authorities.size(); i++) {
                store.setCertificateEntry(String.valueOf(i), authorities.get(i));
            }
            return of(store);
        } catch (GeneralSecurityException | java.io.IOException e) {
            throw new IllegalArgumentException("these certificates can't be trusted: " + e.getMessage(), e);
        }
    }

    private static X509ExtendedTrustManager of(@org.jspecify.annotations.Nullable KeyStore store) {
        try {
            TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            factory.init(store);
            for (TrustManager manager : factory.getTrustManagers()) {
                if (manager instanceof X509ExtendedTrustManager x509) {
                    return x509;
                }
            }
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("no certificates to trust: " + e.getMessage(), e);
        }
        throw new IllegalArgumentException("this JDK has no X.509 trust manager");
    }
}
