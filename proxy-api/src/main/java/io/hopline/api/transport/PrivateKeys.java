package io.hopline.api.transport;

import io.hopline.api.settings.Secret;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import javax.crypto.BadPaddingException;
import javax.crypto.Cipher;
import javax.crypto.EncryptedPrivateKeyInfo;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;

/** Reads a private key from a PEM block: PKCS #8 (RFC 5958), encrypted or not, PKCS #1 (RFC 8017) or SEC 1 (RFC 5915). */
final class PrivateKeys {

    private static final Map<String, String> ALGORITHMS = Map.of(
            "1.2.840.113549.1.1.1", "RSA",
            "1.2.840.113549.1.1.10", "RSASSA-PSS",
            "1.2.840.10045.2.1", "EC",
            "1.3.101.112", "EdDSA",
            "1.3.101.113", "EdDSA");
    private static final byte[] RSA = Der.sequence(Der.oid("1.2.840.113549.1.1.1"), Der.NULL);

    /** For which openssl says which of the two it is. */
    static final String UNREADABLE = "the key is damaged, or encrypted in a way that Java does not know;"
            + " openssl pkcs8 -topk8 -v2 aes-256-cbc -in OLD -out NEW writes it in one that it does";

    private PrivateKeys() {}

    static boolean isKey(Pem block) {
        return block.label().endsWith("PRIVATE KEY");
    }

    /** @throws GeneralSecurityException if the block holds no key that can be used, or the password is wrong */
    static PrivateKey read(Pem block, Optional<Secret> password) throws GeneralSecurityException {
        byte[] der = block.der();
        return switch (block.label()) {
            case "PRIVATE KEY" -> pkcs8(der);
            case "RSA PRIVATE KEY" -> pkcs8(wrap(RSA, der));
            case "EC PRIVATE KEY" -> pkcs8(wrap(Der.sequence(Der.oid("1.2.840.10045.2.1"), Der.curveOf(der)), der));
            case "ENCRYPTED PRIVATE KEY" ->
                encrypted(
                        der,
                        password.orElseThrow(() -> new GeneralSecurityException("the key is encrypted: set password")));
            default -> throw new GeneralSecurityException("a " + block.label() + " is not supported");
        };
    }

    private static PrivateKey pkcs8(byte[] der) throws GeneralSecurityException {
        try {
            // Asked for another kind of key, Java loads every security provider there is, and a start waits for it.
            byte[] algorithm = Der.algorithmOf(der);
            for (Map.Entry<String, String> known : ALGORITHMS.entrySet()) {
                if (Arrays.equals(Der.oid(known.getKey()), algorithm)) {
                    return KeyFactory.getInstance(known.getValue()).generatePrivate(new PKCS8EncodedKeySpec(der));
                }
            }
            throw new InvalidKeySpecException("the algorithm is unknown");
        } catch (GeneralSecurityException e) {
            throw new GeneralSecurityException("the key is damaged, or neither RSA, EC nor EdDSA", e);
        }
    }

    private static byte[] wrap(byte[] algorithm, byte[] key) {
        return Der.sequence(Der.integer(0), algorithm, Der.octets(key));
    }

    private static PrivateKey encrypted(byte[] der, Secret password) throws GeneralSecurityException {
        byte[] decrypted = decrypt(der, password);
        try {
            return pkcs8(decrypted);
        } catch (GeneralSecurityException e) {
            // One wrong password in 256 seems to open it.
            throw new GeneralSecurityException("the password does not open the key, or " + e.getMessage(), e);
        }
    }

    private static byte[] decrypt(byte[] der, Secret password) throws GeneralSecurityException {
        if (!StandardCharsets.US_ASCII.newEncoder().canEncode(password.reveal())) {
            throw new GeneralSecurityException("Java opens keys by passwords of ASCII alone;"
                    + " openssl pkcs8 -topk8 -v2 aes-256-cbc -in OLD -out NEW gives this one another");
        }
        try {
            EncryptedPrivateKeyInfo info = new EncryptedPrivateKeyInfo(der);
            // For PBES2 the JDK hides the scheme in the parameters' text.
            String scheme = "PBES2".equals(info.getAlgName()) || "1.2.840.113549.1.5.13".equals(info.getAlgName())
                    ? info.getAlgParameters().toString()
                    : info.getAlgName();
            PBEKeySpec spec = new PBEKeySpec(password.reveal().toCharArray());
            Cipher cipher = Cipher.getInstance(scheme);
            cipher.init(
                    Cipher.DECRYPT_MODE,
                    SecretKeyFactory.getInstance(scheme).generateSecret(spec),
                    info.getAlgParameters());
            return cipher.doFinal(info.getEncryptedData());
        } catch (BadPaddingException e) {
            throw new GeneralSecurityException("the password does not open the key", e);
        } catch (GeneralSecurityException | IOException | RuntimeException e) {
            throw new GeneralSecurityException(UNREADABLE, e);
        }
    }
}
