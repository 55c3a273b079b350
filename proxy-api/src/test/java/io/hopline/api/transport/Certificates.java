package io.hopline.api.transport;

import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.X509Bundle;
import java.util.List;

/** Certificates for tests: a CA, and whom it vouches for. */
final class Certificates {

    static final X509Bundle CA = make(() -> new CertificateBuilder()
            .subject("CN=Corp CA")
            .setIsCertificateAuthority(true)
            .buildSelfSigned());

    /** For {@code proxy.corp} and 127.0.0.1. */
    static final X509Bundle PROXY = issue("CN=proxy.corp", "proxy.corp");

    private Certificates() {}

    static X509Bundle issue(String subject, String... names) {
        return make(() -> {
            CertificateBuilder builder = new CertificateBuilder().subject(subject);
            for (String name : names) {
                builder.addSanDnsName(name);
            }
            return builder.addSanIpAddress("127.0.0.1").buildIssuedBy(CA);
        });
    }

    static KeyMaterial key(X509Bundle bundle) {
        return new KeyMaterial(bundle.getKeyPair().getPrivate(), List.of(bundle.getCertificatePath()));
    }

    /** What may fail. */
    interface Making<T> {
        T make() throws Exception;
    }

    static <T> T make(Making<T> making) {
        try {
            return making.make();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }
}
