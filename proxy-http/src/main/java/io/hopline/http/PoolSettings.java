package io.hopline.http;

import io.hopline.api.settings.Settings;
import java.time.Duration;

/**
 * How many connections wait for another request, and how long.
 *
 * @param max on one event loop
 * @param perOrigin on one event loop for one origin
 */
public record PoolSettings(int max, int perOrigin, Duration idle) {

    private static final int MOST = 1 << 16;

    static PoolSettings read(Settings settings) {
        Settings pool = settings.sectionOrDefaults("pool", "inbound.http.pool");
        return new PoolSettings(
                pool.integer("max-idle", 0, MOST),
                pool.integer("max-idle-per-origin", 0, MOST),
                pool.duration("idle-timeout"));
    }
}
