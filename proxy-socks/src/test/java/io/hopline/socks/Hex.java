package io.hopline.socks;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.netty.buffer.ByteBufUtil;

/** Bytes as tests write them: pairs of hex digits, with spaces anywhere. */
final class Hex {

    private Hex() {}

    static byte[] bytes(String hex) {
        return ByteBufUtil.decodeHexDump(hex.replace(" ", ""));
    }

    static String of(byte[] bytes) {
        return ByteBufUtil.hexDump(bytes);
    }

    static String text(String text) {
        return ByteBufUtil.hexDump(text.getBytes(UTF_8));
    }

    /** A byte for the length, then the text. */
    static String counted(String text) {
        return String.format("%02x", text.getBytes(UTF_8).length) + text(text);
    }
}
