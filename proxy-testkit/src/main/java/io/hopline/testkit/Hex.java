package io.hopline.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.netty.buffer.ByteBufUtil;

/** Bytes as tests write them: pairs of hex digits, with spaces anywhere. */
public final class Hex {

    private Hex() {}

    /** The bytes of the digits. */
    public static byte[] bytes(String hex) {
        return ByteBufUtil.decodeHexDump(hex.replace(" ", ""));
    }

    /** The digits of the bytes. */
    public static String of(byte[] bytes) {
        return ByteBufUtil.hexDump(bytes);
    }

    /** The digits of the text in UTF-8. */
    public static String text(String text) {
        return ByteBufUtil.hexDump(text.getBytes(UTF_8));
    }

    /** A byte for the length, then the text. */
    public static String counted(String text) {
        return String.format("%02x", text.getBytes(UTF_8).length) + text(text);
    }
}
