package io.hopline.http2.session;

import io.hopline.api.settings.Settings;
import java.time.Duration;

/**
 * What a session grants its peer, and how long it waits for it.
 *
 * @param initialWindow bytes that a new stream's peer may send before any of them is consumed
 * @param maxWindow what that may grow to while they are consumed
 * @param windowBudget how much all windows of a session together may grow beyond the initial ones
 * @param maxStreams streams at once
 * @param maxResets how many streams a client may have reset within 30 seconds; zero for a hop
 * @param maxHeaderSize bytes of a header section, counted as RFC 9113 section 6.5.2 does
 * @param idleTimeout a session without streams is closed after this time
 * @param pingInterval a session that is silent for this long is asked whether it lives
 * @param pingTimeout how long its answer may take
 * @param stallTimeout how long a peer may leave a stream's bytes waiting for its window
 * @param headTimeout how long a client may take over its first request, and over each frame that is no data; zero for a hop
 */
public record SessionSettings(
        int initialWindow,
        int maxWindow,
        int windowBudget,
        int maxStreams,
        int maxResets,
        int maxHeaderSize,
        Duration idleTimeout,
        Duration pingInterval,
        Duration pingTimeout,
        Duration stallTimeout,
        Duration headTimeout) {

    private static final int LARGEST_WINDOW = 1 << 30;

    /** Reads the keys that {@code hopline.defaults.alpn.h2} documents. */
    public static SessionSettings read(Settings settings) {
        return read(settings, settings.integer("max-resets", 1, 1_000_000), settings.duration("head-timeout"));
    }

    /** Reads those of them that are not about clients. */
    public static SessionSettings ofHop(Settings settings) {
        settings.unusable(
                "max-resets",
                "a hop opens its streams itself, so there are no resets of clients to count: leave max-resets out");
        settings.unusable(
                "head-timeout",
                "a hop is sent no requests: leave head-timeout out, or take handshake-timeout, which bounds the replies of"
                        + " its proxy");
        return read(settings, 0, Duration.ZERO);
    }

    private static SessionSettings read(Settings settings, int maxResets, Duration headTimeout) {
        int initial = size("initial-window", 1024, LARGEST_WINDOW, settings);
        return new SessionSettings(
                initial,
                Math.max(initial, size("max-window", 1024, LARGEST_WINDOW, settings)),
                size("window-budget", 0, LARGEST_WINDOW, settings),
                settings.integer("max-streams", 1, 100_000),
                maxResets,
                size("max-header-size", 1024, 1 << 20, settings),
                settings.duration("idle-timeout"),
                settings.duration("ping-interval"),
                settings.duration("ping-timeout"),
                settings.duration("stall-timeout"),
                headTimeout);
    }

    private static int size(String key, int min, int max, Settings settings) {
        long bytes = settings.bytes(key);
        if (bytes < min || bytes > max) {
            settings.problem(key, "expected a size from " + min + "B to " + max + "B");
        }
        return (int) Math.max(min, Math.min(bytes, max));
    }
}
