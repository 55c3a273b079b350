package io.hopline.api.transport;

import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** One block of a PEM file (RFC 7468). */
final class Pem {

    private static final Pattern BLOCK =
            Pattern.compile("-----BEGIN ([A-Z0-9 ]+)-----(.*?)-----END \\1-----", Pattern.DOTALL);

    private final String label;
    private final byte[] der;

    private Pem(String label, byte[] der) {
        this.label = label;
        this.der = der;
    }

    /** What stands behind BEGIN, for example {@code CERTIFICATE}. */
    String label() {
        return label;
    }

    byte[] der() {
        return der.clone();
    }

    /** All blocks in their order; none if the text is no PEM. */
    static List<Pem> read(String text) {
        List<Pem> blocks = new ArrayList<>();
        Matcher matcher = BLOCK.matcher(text);
        while (matcher.find()) {
            String body = matcher.group(2);
            if (body.contains(":")) {
                throw new IllegalArgumentException(
                        "a key in OpenSSL's old encrypted format: convert it by openssl pkcs8" + " -topk8");
            }
            blocks.add(new Pem(matcher.group(1), decode(matcher.group(1), body)));
        }
        return blocks;
    }

    private static byte[] decode(String label, String body) {
        try {
            return Base64.getMimeDecoder().decode(body);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(damaged(label), e);
        }
    }

    /** What to say of a block that holds no such thing. */
    static String damaged(String label) {
        return "a " + label + " in it is damaged";
    }
}
