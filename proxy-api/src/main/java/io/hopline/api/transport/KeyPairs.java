package io.hopline.api.transport;

import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.interfaces.ECKey;
import java.security.interfaces.RSAKey;
import java.util.Arrays;

/** Tells which public key a private key belongs to, with as little arithmetic as it takes: at start none of it is compiled yet. */
final class KeyPairs {

    private KeyPairs() {}

    static boolean belong(PrivateKey key, PublicKey to) {
        if (key instanceof RSAKey ours && to instanceof RSAKey theirs) {
            return ours.getModulus().equals(theirs.getModulus());
        }
        return (to instanceof ECKey curved && holds(key, to, curved)) || proves(key, to);
    }

    /** Whether the private key's own form ends with the public one: optional in RFC 5915 section 3, but OpenSSL writes it. */
    private static boolean holds(PrivateKey key, PublicKey to, ECKey curved) {
        byte[] whole = key.getEncoded();
        byte[] certified = to.getEncoded();
        int coordinate = (curved.getParams().getCurve().getField().getFieldSize() + 7) / 8;
        int point = 1 + 2 * coordinate;
        return whole != null
                && whole.length > point
                && Arrays.equals(
                        whole,
                        whole.length - point,
                        whole.length,
                        certified,
                        certified.length - point,
                        certified.length);
    }

    private static boolean proves(PrivateKey key, PublicKey to) {
        String scheme = switch (key.getAlgorithm()) {
            case "EC" -> "SHA256withECDSA";
            case "RSA" -> "SHA256withRSA";
            case "EdDSA" -> "EdDSA";
            default -> "";
        };
        if (scheme.isEmpty()) {
            return true;
        }
        try {
            byte[] probe = {1};
            Signature signature = Signature.getInstance(scheme);
            signature.initSign(key);
            signature.update(probe);
            byte[] signed = signature.sign();
            signature.initVerify(to);
            signature.update(probe);
            return signature.verify(signed);
        } catch (GeneralSecurityException e) {
            return false;
        }
    }
}
