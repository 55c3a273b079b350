package io.hopline.spdy.session;

import io.hopline.api.settings.Settings;
import java.time.Duration;

/**
 * How a session is run.
 *
 * @param maxStreams how many streams a client may have open at once
 * @param maxWindow bytes that a peer may send on one stream beyond what was consumed, 64 KiB at least
 * @param sessionWindow the same for all streams of a session together
 * @param maxHeaderSize bytes of a header block, names and values
 * @param idleTimeout after which a session without streams is closed
 * @param keepAlive after such a silence a PING is sent; after another one without any answer the session is given up
 * @param stallTimeout how long data may wait because the peer does not widen its window
 * @param headTimeout how long a client may take over its first request, and over each frame that is no data; zero for a hop
 */
public record SessionSettings(
        int maxStreams,
        int maxWindow,
        int sessionWindow,
        int maxHeaderSize,
        Duration idleTimeout,
        Duration keepAlive,
        Duration stallTimeout,
        Duration headTimeout) {

    private static final int GIBI = 1 << 30;

    /** Reads the keys that {@code reference.conf} lists for sessions. */
    public static SessionSettings read(Settings settings) {
        return read(settings, settings.duration("head-timeout"));
    }

    /** Reads those of them that are not about clients. */
    public static SessionSettings ofHop(Settings settings) {
        settings.unusable(
                "head-timeout",
                "a hop is sent no requests: leave head-timeout out, or take handshake-timeout, which bounds the replies of"
                        + " its proxy");
        return read(settings, Duration.ZERO);
    }

    private static SessionSettings read(Settings settings, Duration headTimeout) {
        int maxStreams = settings.integer("max-streams", 1, 10_000);
        int maxWindow = size(settings, "max-window", SendWindow.INITIAL, GIBI, "64KiB to 1GiB");
        int sessionWindow = size(settings, "session-window", SendWindow.INITIAL, GIBI, "64KiB to 1GiB");
        if ((long) maxStreams * SendWindow.INITIAL > sessionWindow) {
            settings.problem("session-window", "too small: each of max-streams needs 64KiB of it");
        }
        return new SessionSettings(
                maxStreams,
                maxWindow,
                sessionWindow,
                size(settings, "max-header-size", 1024, 1 << 20, "1KiB to 1MiB"),
                settings.duration("idle-timeout"),
                settings.duration("keep-alive"),
                settings.duration("stall-timeout"),
                headTimeout);
    }

    private static int size(Settings settings, String key, int min, int max, String range) {
        long size = settings.bytes(key);
        if (size < min || size > max) {
            settings.problem(key, "expected a size from " + range);
        }
        return (int) Math.max(min, Math.min(size, max));
    }
}
