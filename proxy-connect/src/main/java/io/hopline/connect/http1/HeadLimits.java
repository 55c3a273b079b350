package io.hopline.connect.http1;

import io.hopline.api.guard.Guard;
import io.hopline.api.settings.Settings;
import io.hopline.connect.Refusal;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpResponseStatus;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How much of a message's head is read, and how long it may take.
 *
 * @param line bytes of the request line or status line
 * @param fields bytes of all header fields together; the same again for trailers
 * @param count how many header fields a message may have; and how many trailers
 * @param timeout from the first byte, or from the connection's start, to the head's end
 */
public record HeadLimits(int line, int fields, int count, Duration timeout) {

    private static final int MAX = 1 << 20;
    private static final int MOST_FIELDS = 10_000;

    /** Reads {@code max-start-line}, {@code max-header-size}, {@code max-header-fields} and {@code head-timeout}. */
    public static HeadLimits read(Settings settings) {
        return new HeadLimits(
                size("max-start-line", settings),
                size("max-header-size", settings),
                settings.integer("max-header-fields", 1, MOST_FIELDS),
                settings.duration("head-timeout"));
    }

    /** Why a request with these header fields, or trailers, can't be served; null if it can. */
    public @Nullable Refusal objection(HttpHeaders headers, Guard guard) {
        if (headers.size() <= count) {
            return null;
        }
        guard.headTooLarge();
        return new Refusal(
                HttpResponseStatus.REQUEST_HEADER_FIELDS_TOO_LARGE,
                "The request has more than " + count + " header fields.");
    }

    /** Netty's decoder at its strictest, within these limits. */
    public HttpDecoderConfig decoding() {
        return decoding(line, fields);
    }

    /** As {@link #decoding()}, for heads with so many bytes in their first line and in their fields. */
    public static HttpDecoderConfig decoding(int line, int fields) {
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
