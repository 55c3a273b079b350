package io.hopline.api.guard;

import io.netty.util.NetUtil;

/** All addresses that begin with the same bits, of one family. */
public final class Network {

    private final byte[] prefix;
    private final int bits;

    private Network(byte[] prefix, int bits) {
        this.prefix = prefix;
        this.bits = bits;
    }

    /**
     * Reads {@code 10.0.0.0/8}, {@code fd00::/8}, or an address alone; bits behind the prefix must be zero.
     *
     * @throws IllegalArgumentException if the text is anything else
     */
    public static Network parse(String text) {
        int slash = text.indexOf('/');
        String address = slash < 0 ? text : text.substring(0, slash);
        byte[] bytes = address.indexOf('%') >= 0 ? null : NetUtil.createByteArrayFromIpAddressString(address);
        if (bytes == null) {
            throw new IllegalArgumentException("\"" + address + "\" is no IP address");
        }
        int most = bytes.length * 8;
        int bits = slash < 0 ? most : bits(text.substring(slash + 1), most);
        Network network = new Network(bytes, bits);
        if (!network.isZeroBehind()) {
            throw new IllegalArgumentException("\"" + text + "\" has bits set behind its first " + bits);
        }
        return network;
    }

    /** Whether it holds the address, 4 or 16 bytes of it. */
    public boolean contains(byte[] address) {
        if (address.length != prefix.length) {
            return false;
        }
        int whole = bits / 8;
        for (int i = 0; i < whole; i++) {
            if (address[i] != prefix[i]) {
                return false;
            }
        }
        return bits % 8 == 0 || ((address[whole] ^ prefix[whole]) & 0xFF) >> (8 - bits % 8) == 0;
    }

    private boolean isZeroBehind() {
        for (int bit = bits; bit < prefix.length * 8; bit++) {
            if ((prefix[bit / 8] >> (7 - bit % 8) & 1) != 0) {
                return false;
            }
        }
        return true;
    }

    private static int bits(String digits, int most) {
        int bits = digits.matches("\\d{1,3}") ? Integer.parseInt(digits) : -1;
        if (bits < 0 || bits > most) {
            throw new IllegalArgumentException("\"/" + digits + "\" is not in /0../" + most);
        }
        return bits;
    }
}
