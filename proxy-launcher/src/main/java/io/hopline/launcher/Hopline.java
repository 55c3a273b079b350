package io.hopline.launcher;

import com.typesafe.config.Config;
import io.hopline.api.SessionObserver;
import io.hopline.api.guard.GuardCounts;
import io.hopline.api.settings.InvalidSettingsException;
import io.hopline.launcher.config.HoplineConfig;
import io.hopline.launcher.lifecycle.ListenException;
import io.hopline.launcher.lifecycle.Running;
import io.hopline.launcher.log.AccessLog;
import io.hopline.launcher.plugins.Plugins;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;

/**
 * A running server: its inbounds listen from {@link #start} until {@link #close}.
 *
 * <p>Safe for use by any thread but the server's own event loops, which a closing thread waits for.
 */
public final class Hopline implements AutoCloseable {

    private final Running running;

    private Hopline(Running running) {
        this.running = running;
    }

    /**
     * Starts what the config says; one line for each session goes to the log {@code hopline.access}, unless it says {@code access-log =
     * false}.
     *
     * @throws InvalidSettingsException if it has no inbound
     * @throws ListenException if an address can't be bound; nothing runs then
     */
    public static Hopline start(HoplineConfig config) {
        return start(config, config.accessLog() ? new AccessLog() : SessionObserver.NONE);
    }

    /** As {@link #start(HoplineConfig)}, but the given observer hears of the sessions instead of the log. */
    public static Hopline start(HoplineConfig config, SessionObserver observer) {
        return new Hopline(Running.start(config, observer));
    }

    /**
     * Starts what a config says that was parsed elsewhere, with the protocols of the class path.
     *
     * @throws InvalidSettingsException with everything that is wrong with the config
     * @throws ListenException if an address can't be bound; nothing runs then
     */
    public static Hopline start(Config config) {
        return start(HoplineConfig.of(config, Plugins.load()));
    }

    /** A server to be put together from typed settings. */
    public static HoplineBuilder builder() {
        return new HoplineBuilder();
    }

    /**
     * Where the inbound listens, with the port that the system chose if port 0 was asked for; the first address if it has several.
     *
     * @throws IllegalArgumentException if no inbound has this name
     */
    public InetSocketAddress address(String inbound) {
        return of(inbound, addresses()).get(0);
    }

    /**
     * How often the inbound's guard has done what.
     *
     * @throws IllegalArgumentException if no inbound has this name
     */
    public GuardCounts guardCounts(String inbound) {
        return of(inbound, running.guards()).counts();
    }

    private static <T> T of(String inbound, Map<String, T> byName) {
        T found = byName.get(inbound);
        if (found == null) {
            throw new IllegalArgumentException(
                    "no inbound is named \"" + inbound + "\"; there are: " + byName.keySet());
        }
        return found;
    }

    /** Where each inbound listens, by its name. */
    public Map<String, List<InetSocketAddress>> addresses() {
        return running.addresses();
    }

    /**
     * Stops accepting at once, gives live sessions the config's {@code shutdown-grace}, and returns when every socket and event loop is
     * released. Further calls wait for the first one. An interrupted thread gives no grace.
     */
    @Override
    public void close() {
        running.close();
    }

    /** As {@link #close}, but without grace; also ends the grace that a close underway in another thread gives. */
    public void shutdownNow() {
        running.shutdownNow();
    }
}
