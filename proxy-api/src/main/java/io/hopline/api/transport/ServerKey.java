package io.hopline.api.transport;

import java.util.List;
import java.util.Locale;

/**
 * A server's certificate and the names that it is shown for.
 *
 * @param names host names in lower case, the first label possibly {@code *}
 */
record ServerKey(KeyMaterial material, List<String> names) {

    ServerKey {
        names = names.stream().map(n -> n.toLowerCase(Locale.ROOT)).toList();
    }

    /** For the names in the certificate. */
    static ServerKey of(KeyMaterial material) {
        return new ServerKey(material, CertificateNames.of(material.certificate()));
    }

    /** @param keyType as key managers are asked, for example {@code EC} */
    boolean isOf(String keyType) {
        return material.key().getAlgorithm().equals(keyType);
    }
}
