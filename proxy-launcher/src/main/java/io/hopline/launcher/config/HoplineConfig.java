package io.hopline.launcher.config;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import io.hopline.api.Chain;
import io.hopline.api.Hop;
import io.hopline.api.builtin.DirectOutboundFactory;
import io.hopline.api.settings.InvalidSettingsException;
import io.hopline.api.settings.Problem;
import io.hopline.api.transport.Transport;
import io.hopline.launcher.plugins.Plugins;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * A whole config that was found good; prints without secrets.
 *
 * @param inbounds what is to be served, in the file's order
 * @param outbounds the named chains, in the order of their names
 * @param direct what opens the sockets beneath every chain
 * @param threads event loops
 * @param shutdownGrace how long sessions may go on once the server is asked to close
 * @param transport the kind of all sockets, which can be had here
 * @param accessLog whether the log {@code hopline.access} has a line for each session, if nobody else is to hear of them
 */
public record HoplineConfig(
        List<InboundPlan> inbounds,
        Map<String, Chain> outbounds,
        Hop direct,
        int threads,
        Duration shutdownGrace,
        Transport transport,
        boolean accessLog) {

    public HoplineConfig {
        inbounds = List.copyOf(inbounds);
        outbounds = Collections.unmodifiableMap(new TreeMap<>(outbounds));
    }

    /**
     * Reads a config file, with what it includes, the environment and the defaults.
     *
     * @throws InvalidSettingsException with everything that is wrong with it
     */
    public static HoplineConfig load(Path file, Plugins plugins) {
        return ConfigReader.read(Sources.file(file), plugins);
    }

    /**
     * Reads a config that was parsed elsewhere; it gets the defaults here and need not be resolved.
     *
     * @throws InvalidSettingsException with everything that is wrong with it
     */
    public static HoplineConfig of(Config config, Plugins plugins) {
        return ConfigReader.read(Sources.parsed(config), plugins);
    }

    /**
     * What is to be served needs an inbound; a config that only has chains does not.
     *
     * @param source what the config was read from, for the problem
     * @throws InvalidSettingsException if there is none
     */
    public void requireInbound(String source) {
        if (inbounds.isEmpty()) {
            throw new InvalidSettingsException(
                    List.of(new Problem(source, "hopline.inbounds", "lists no inbound, so there is nothing to serve")));
        }
    }

    /** What a file without a line in it means: no inbound, no chain. */
    public static HoplineConfig defaults() {
        Plugins sockets = new Plugins(Map.of(), Map.of(ChainReader.DIRECT, new DirectOutboundFactory()), Map.of());
        return of(ConfigFactory.empty(), sockets);
    }

    /** The names of the chains that are there without being declared. */
    public static Set<String> reserved() {
        return ChainReader.RESERVED;
    }

    /**
     * Reads a chain as {@code outbound = …} has it in a file: URLs with commas between them, nearest hop first.
     *
     * @throws InvalidSettingsException with everything that is wrong with it
     */
    public static Chain chain(String urls, Plugins plugins) {
        return ConfigReader.chain(urls, plugins);
    }
}
