package io.hopline.api.transport;

import java.io.ByteArrayInputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.List;

/** A certificate (RFC 5280) for localhost that vouches for itself, made on the spot for trying things out. */
final class SelfSigned {

    private static final Duration VALID = Duration.ofDays(90);
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyMMddHHmmss'Z'").withZone(ZoneOffset.UTC);
    private static final byte[] ECDSA_WITH_SHA256 = Der.sequence(Der.oid("1.2.840.10045.4.3.2"));

    private SelfSigned() {}

    static KeyMaterial make() {
        try {
            SecureRandom random = new SecureRandom();
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"), random);
            KeyPair pair = generator.generateKeyPair();
            byte[] name = Der.sequence(
                    Der.set(Der.sequence(Der.oid("2.5.4.3"), Der.utf8("hopline self-signed " + hex(random, 4)))));
            Instant now = Instant.now();
            byte[] body = Der.sequence(
                    Der.tagged(0xA0, Der.integer(2)),
                    Der.integer(new BigInteger(64, random).add(BigInteger.ONE)),
                    ECDSA_WITH_SHA256,
                    name,
                    Der.sequence(time(now.minus(Duration.ofDays(1))), time(now.plus(VALID))),
                    name,
                    pair.getPublic().getEncoded(),
                    Der.tagged(0xA3, Der.sequence(alternativeNames())));
            Signature signature = Signature.getInstance("SHA256withECDSA");
            signature.initSign(pair.getPrivate(), random);
            signature.update(body);
            byte[] whole = Der.sequence(body, ECDSA_WITH_SHA256, Der.bits(signature.sign()));
            return new KeyMaterial(pair.getPrivate(), List.of((X509Certificate)
                    CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(whole))));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this JDK can't make a certificate: " + e.getMessage(), e);
        }
    }

    /** The SHA-256 of the certificate, as browsers and openssl show it. */
    static String fingerprint(X509Certificate certificate) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(certificate.getEncoded());
            return HexFormat.ofDelimiter(":").withUpperCase().formatHex(digest);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[] alternativeNames() {
        byte[] names = Der.sequence(
                Der.tagged(0x82, "localhost".getBytes(StandardCharsets.US_ASCII)),
                Der.tagged(0x87, new byte[] {127, 0, 0, 1}),
                Der.tagged(0x87, new byte[] {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1}));
        return Der.sequence(Der.oid("2.5.29.17"), Der.octets(names));
    }

    /** UTCTime, as RFC 5280 section 4.1.2.5 wants it until 2049. */
    private static byte[] time(Instant instant) {
        return Der.tagged(0x17, TIME.format(instant).getBytes(StandardCharsets.US_ASCII));
    }

    private static String hex(SecureRandom random, int bytes) {
        byte[] some = new byte[bytes];
        random.nextBytes(some);
        return HexFormat.of().formatHex(some);
    }
}
