package io.hopline.api.transport;

import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Objects;

/** The few pieces of DER (X.690) that keys and certificates are put together from. */
final class Der {

    static final byte[] NULL = {5, 0};

    private Der() {}

    static byte[] sequence(byte[]... parts) {
        return tagged(0x30, join(parts));
    }

    static byte[] set(byte[]... parts) {
        return tagged(0x31, join(parts));
    }

    static byte[] integer(long value) {
        return tagged(2, BigInteger.valueOf(value).toByteArray());
    }

    static byte[] integer(BigInteger value) {
        return tagged(2, value.toByteArray());
    }

    static byte[] octets(byte[] bytes) {
        return tagged(4, bytes);
    }

    static byte[] bits(byte[] bytes) {
        return tagged(3, join(new byte[] {0}, bytes));
    }

    static byte[] utf8(String text) {
        return tagged(0x0C, text.getBytes(StandardCharsets.UTF_8));
    }

    static byte[] oid(String dotted) {
        long[] arcs =
                Arrays.stream(dotted.split("\\.")).mapToLong(Long::parseLong).toArray();
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        base128(arcs[0] * 40 + arcs[1], out);
        for (int i = 2; i < arcs.length; i++) {
            base128(arcs[i], out);
        }
        return tagged(6, out.toByteArray());
    }

    static byte[] tagged(int tag, byte[] content) {
        int length = content.length;
        byte[] head = length < 0x80
                ? new byte[] {(byte) tag, (byte) length}
                : length < 0x100
                        ? new byte[] {(byte) tag, (byte) 0x81, (byte) length}
                        : new byte[] {(byte) tag, (byte) 0x82, (byte) (length >> 8), (byte) length};
        return join(head, content);
    }

    /** The named curve of an EC private key as RFC 5915 section 3 has it: the parameters, tagged 0. */
    static byte[] curveOf(byte[] ecPrivateKey) throws GeneralSecurityException {
        try {
            int at = content(ecPrivateKey, 0);
            at = skip(ecPrivateKey, at);
            at = skip(ecPrivateKey, at);
            if ((ecPrivateKey[at] & 0xFF) == 0xA0) {
                return Arrays.copyOfRange(ecPrivateKey, content(ecPrivateKey, at), skip(ecPrivateKey, at));
            }
        } catch (IndexOutOfBoundsException e) {
            throw new GeneralSecurityException("the key is damaged", e);
        }
        throw new GeneralSecurityException("the key names no curve");
    }

    /** The algorithm of a private key as RFC 5958 section 2 has it, an encoded OID. */
    static byte[] algorithmOf(byte[] privateKeyInfo) throws GeneralSecurityException {
        try {
            return at(privateKeyInfo, content(privateKeyInfo, skip(privateKeyInfo, content(privateKeyInfo, 0))));
        } catch (IndexOutOfBoundsException e) {
            throw new GeneralSecurityException("the key is damaged", e);
        }
    }

    /** What a sequence begins with. */
    static byte[] first(byte[] sequence) throws GeneralSecurityException {
        try {
            return at(sequence, content(sequence, 0));
        } catch (IndexOutOfBoundsException e) {
            throw new GeneralSecurityException("it is damaged", e);
        }
    }

    private static byte[] at(byte[] der, int start) {
        return Arrays.copyOfRange(der, start, skip(der, start));
    }

    private static int content(byte[] der, int at) {
        return at + 2 + (der[at + 1] < 0 ? der[at + 1] & 0x7F : 0);
    }

    /** @throws IndexOutOfBoundsException if what stands there goes beyond the array: only a damaged key has it so */
    private static int skip(byte[] der, int at) {
        int start = content(der, at);
        long length = der[at + 1];
        if (length < 0) {
            length = 0;
            for (int i = at + 2; i < start && length <= der.length; i++) {
                length = length << 8 | (der[i] & 0xFF);
            }
        }
        return start + Objects.checkIndex((int) Math.min(length, der.length), der.length - start + 1);
    }

    private static byte[] join(byte[]... parts) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            out.writeBytes(part);
        }
        return out.toByteArray();
    }

    private static void base128(long value, ByteArrayOutputStream out) {
        for (int shift = 63 / 7 * 7; shift > 0; shift -= 7) {
            if (value >>> shift != 0) {
                out.write((int) ((value >>> shift) & 0x7F) | 0x80);
            }
        }
        out.write((int) (value & 0x7F));
    }
}
