package io.hopline.api.transport;

import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.interfaces.EdECPublicKey;
import java.util.Arrays;
import java.util.List;
import javax.net.ssl.ExtendedSSLSession;
import javax.net.ssl.SSLSession;

/** The kinds of keys that TLS can use here: BoringSSL takes no others, and would say so to each client alone. */
final class KeyKinds {

    /** Algorithms with their parameters as X.509 certificates have them (RFC 3279 section 2.3, RFC 5480, RFC 8410). */
    private static final List<byte[]> USABLE = List.of(
            Der.sequence(Der.oid("1.2.840.113549.1.1.1"), Der.NULL),
            curve("1.2.840.10045.3.1.7"),
            curve("1.3.132.0.34"),
            curve("1.3.132.0.35"),
            Der.sequence(Der.oid("1.3.101.112")));

    private KeyKinds() {}

    static boolean isUsable(PublicKey key) {
        try {
            byte[] kind = Der.first(key.getEncoded());
            return USABLE.stream().anyMatch(usable -> Arrays.equals(usable, kind));
        } catch (GeneralSecurityException e) {
            return false;
        }
    }

    /** Whether a client shows it to servers: BoringSSL shows none of Ed25519, without a word. */
    static boolean isShown(PublicKey key) {
        return !(key instanceof EdECPublicKey);
    }

    /**
     * Whether the client that the handshake is with takes what a key of that kind signs (RFC 8446 section 4.2.3); one that does not say
     * takes RSA and EC (RFC 5246 section 7.4.1.4.1).
     *
     * @param algorithm as key managers are asked, for example {@code EC}
     */
    static boolean isTaken(String algorithm, SSLSession handshake) {
        List<String> taken = handshake instanceof ExtendedSSLSession extended
                ? List.of(extended.getPeerSupportedSignatureAlgorithms())
                : List.of();
        return switch (algorithm) {
            case "EdDSA" -> taken.contains("Ed25519");
            case "EC" -> taken.isEmpty() || taken.stream().anyMatch(name -> name.endsWith("withECDSA"));
            case "RSA" ->
                taken.isEmpty()
                        || taken.stream().anyMatch(name -> name.endsWith("withRSA") || name.equals("RSASSA-PSS"));
            default -> true;
        };
    }

    private static byte[] curve(String oid) {
        return Der.sequence(Der.oid("1.2.840.10045.2.1"), Der.oid(oid));
    }
}
