package io.hopline.connect.http1;

import io.hopline.api.settings.Settings;
import io.netty.handler.codec.http.HttpDecoderConfig;
import java.time.Duration;

/**
 * How much of a message's head is read, and how long it may take.
 *
 * @param line bytes of the request line or status line
 * @param fields bytes of all header fields together; the same again for trailers
 * @param timeout from the first byte, or from the connection's start, to the head's end
 */
public record HeadLimits(int line, int fields, Duration timeout) {

    private static final int MAX = 1 << 20;

    /** Reads {@code max-start-line}, {@code max-header-size} and {@code head-timeout}. */
    public static HeadLimits read(Settings settings) {
        return new HeadLimits(
                size("max-start-line", settings), size("max-header-size", settings), settings.duration("head-timeout"));
    }

    /** Netty's decoder at its strictest, within these limits. */
    public HttpDecoderConfig decoding() {
        return new HttpDecoderConfig()
                .setMaxInitialLineLength(line)
                .setMaxHeaderSize(fields)
                .setStrictLineParsing(true)
                .setUseRfc9112TransferEncoding(true);
    }

    private static int size(String key, Settings settings) {
        long bytes = settings.bytes(key);
        if (bytes < 64 || bytes > MAX) {
            settings.problem(key, "expected a size from 64B to 1MiB");
        }
        return (int) Math.min(bytes, MAX);
    }
}
