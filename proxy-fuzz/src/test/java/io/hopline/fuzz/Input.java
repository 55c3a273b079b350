package io.hopline.fuzz;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** What a fuzzer made up: in its first byte how the rest is said. */
final class Input {

    private static final int BYTE_BY_BYTE = 7;

    private final int choices;
    private final byte[] bytes;

    private Input(int choices, byte[] bytes) {
        this.choices = choices;
        this.bytes = bytes;
    }

    static Input of(byte[] all) {
        return all.length == 0 ? new Input(0, all) : new Input(all[0] & 0xff, Arrays.copyOfRange(all, 1, all.length));
    }

    /** One of the given, by the three lowest bits of the first byte. */
    <T> T choose(List<T> from) {
        return from.get((choices & 0x7) % from.size());
    }

    /** Another bit of the first byte: from 3 to 6. */
    boolean flag(int bit) {
        return (choices >>> bit & 1) != 0;
    }

    byte[] bytes() {
        return bytes;
    }

    /** The rest at once, or byte by byte. */
    List<byte[]> pieces() {
        if (!flag(BYTE_BY_BYTE)) {
            return List.of(bytes);
        }
        List<byte[]> pieces = new ArrayList<>();
        for (byte one : bytes) {
            pieces.add(new byte[] {one});
        }
        return pieces;
    }
}
