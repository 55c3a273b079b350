package io.hopline.testkit;

import java.io.IOException;
import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * A long run of bytes that is not like itself anywhere, sent at one end and compared at the other.
 *
 * @param seed payloads of different seeds differ
 * @param length in bytes
 */
public record Payload(long seed, long length) {

    /** How many bytes are written at once. */
    static final int CHUNK = 64 * 1024;

    /** Writes all of it; blocks while the other end does not read. */
    public void send(Wire to) throws IOException {
        for (long at = 0; at < length; at += CHUNK) {
            to.write(chunk(at));
        }
    }

    /** Reads all of it; fails where the first byte is another one. */
    public void expect(Wire from) throws IOException {
        for (long at = 0; at < length; at += CHUNK) {
            byte[] sent = chunk(at);
            int differs = Arrays.mismatch(sent, from.read(sent.length));
            if (differs >= 0) {
                throw new AssertionError("byte " + (at + differs) + " is not the one that was sent");
            }
        }
    }

    byte[] chunk(long at) {
        byte[] bytes = new byte[(int) Math.min(CHUNK, length - at)];
        new SplittableRandom(seed * 31 + at).nextBytes(bytes);
        return bytes;
    }
}
