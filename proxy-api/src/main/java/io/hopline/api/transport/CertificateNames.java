package io.hopline.api.transport;

import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import javax.naming.InvalidNameException;
import javax.naming.ldap.LdapName;
import javax.naming.ldap.Rdn;

/** Whom a certificate names. */
final class CertificateNames {

    private static final int DNS = 2;
    private static final int IP = 7;

    private CertificateNames() {}

    /** The host names and addresses that it is good for; the subject's common name where it lists none. */
    static List<String> of(X509Certificate certificate) {
        List<String> names = new ArrayList<>();
        try {
            Collection<List<?>> alternatives = certificate.getSubjectAlternativeNames();
            for (List<?> name : alternatives == null ? List.<List<?>>of() : alternatives) {
                if (name.get(0).equals(DNS) || name.get(0).equals(IP)) {
                    names.add(String.valueOf(name.get(1)));
                }
            }
        } catch (CertificateParsingException e) {
            // What can't be read names nobody.
        }
        if (names.isEmpty()) {
            names.add(subject(certificate));
        }
        return names;
    }

    /** The subject's common name, or the whole distinguished name where it has none. */
    static String subject(X509Certificate certificate) {
        String whole = certificate.getSubjectX500Principal().getName();
        return commonName(whole).orElse(whole);
    }

    private static Optional<String> commonName(String distinguishedName) {
        try {
            for (Rdn rdn : new LdapName(distinguishedName).getRdns()) {
                if (rdn.getType().equalsIgnoreCase("CN") && rdn.getValue() instanceof String name) {
                    return Optional.of(name);
                }
            }
        } catch (InvalidNameException e) {
            // Then the whole of it has to do.
        }
        return Optional.empty();
    }
}
