package io.hopline.launcher.config;

import static java.util.Objects.requireNonNull;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigList;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigOrigin;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueFactory;
import io.hopline.api.AlpnProtocol;
import io.hopline.api.Chain;
import io.hopline.api.Hop;
import io.hopline.api.settings.InvalidSettingsException;
import io.hopline.api.settings.Problem;
import io.hopline.api.settings.Problems;
import io.hopline.api.settings.Settings;
import io.hopline.launcher.plugins.PluginException;
import io.hopline.launcher.plugins.Plugins;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** Reads the section {@code hopline}. */
final class ConfigReader {

    private static final String PATH = "hopline";
    private static final int MOST_THREADS = 1024;

    private final Config root;
    private final Plugins plugins;
    private final Problems problems;

    private ConfigReader(Config root, Plugins plugins, Problems problems) {
        this.root = root;
        this.plugins = plugins;
        this.problems = problems;
    }

    /** @throws PluginException if a plugin lacks what it needs to read its settings */
    static HoplineConfig read(Sources sources, Plugins plugins) {
        return linked(() -> readAll(sources, plugins));
    }

    /** As {@link #read}. */
    static Chain chain(String urls, Plugins plugins) {
        return linked(() -> readChain(urls, plugins));
    }

    private static <T> T linked(Supplier<T> reading) {
        try {
            return reading.get();
        } catch (LinkageError e) {
            throw PluginException.unloadable(e);
        }
    }

    private static HoplineConfig readAll(Sources sources, Plugins plugins) {
        Problems problems = sources.problems();
        ConfigValue section = requireNonNull(sources.config().root().get(PATH), "the reference has it");
        if (!(section instanceof ConfigObject)) {
            problems.add(section.origin(), PATH, "expected a section: " + PATH + " { … }");
            throw new InvalidSettingsException(problems.all());
        }
        Encoding.check(section, PATH, problems);
        Config root = DefaultSections.check(sources.config(), plugins, problems);
        HoplineConfig config = new ConfigReader(root, plugins, problems).read();
        // What is wrong only because of the stand-in is no problem of its own.
        List<Problem> all = problems.all().stream()
                .filter(problem -> !problem.where().contains(Sources.STAND_IN))
                .toList();
        if (!all.isEmpty()) {
            throw new InvalidSettingsException(all);
        }
        return config;
    }

    private static Chain readChain(String urls, Plugins plugins) {
        ConfigReader reader = new ConfigReader(ConfigFactory.defaultReference(), plugins, new Problems());
        ConfigObject none = ConfigFactory.empty().root();
        ConfigValue hops = ConfigValueFactory.fromAnyRef(urls, "--chain");
        Encoding.check(hops, "hops", reader.problems);
        Chain chain = reader.chains(none).read(hops, "hops").chain();
        reader.problems.throwIfAny();
        return chain;
    }

    private HoplineConfig read() {
        ConfigObject hopline = root.getObject(PATH);
        Settings settings = Settings.of(hopline, PATH, "", root, problems);
        ChainReader chains = chains(section(settings, "outbounds"));
        settings.has(DefaultSections.KEY);
        Map<String, Chain> outbounds = chains.all();
        Hop direct = chains.direct();
        List<InboundPlan> inbounds = inbounds(settings, chains, direct);
        int threads = settings.integer("threads", 0, MOST_THREADS);
        HoplineConfig config = new HoplineConfig(
                inbounds,
                outbounds,
                direct,
                threads == 0 ? Runtime.getRuntime().availableProcessors() : threads,
                settings.duration("shutdown-grace"),
                TransportReader.read(settings),
                settings.flag("access-log"));
        settings.reportUnknown();
        return config;
    }

    private ChainReader chains(ConfigObject declared) {
        return new ChainReader(declared, new Types<>("outbound", plugins.outbounds(), root, problems), problems);
    }

    private List<InboundPlan> inbounds(Settings settings, ChainReader chains, Hop direct) {
        List<InboundPlan> inbounds = new ArrayList<>();
        if (!(settings.value("inbounds").orElse(null) instanceof ConfigList list)) {
            settings.problem("inbounds", "expected a list: [ { type = …, listen = \"host:port\" } ]");
            return inbounds;
        }
        InboundReader reader = new InboundReader(
                new Types<>("inbound", plugins.inbounds(), root, problems), alpn(), chains, direct, problems);
        List<ConfigOrigin> origins = new ArrayList<>();
        for (int i = 0; i < list.size(); i++) {
            ConfigValue inbound = list.get(i);
            reader.read(inbound, PATH + ".inbounds." + i).ifPresent(plan -> {
                inbounds.add(plan);
                origins.add(inbound.origin());
            });
        }
        Circles circles = new Circles(inbounds);
        for (int i = 0; i < origins.size(); i++) {
            ConfigOrigin origin = origins.get(i);
            circles.from(inbounds.get(i))
                    .ifPresent(circle ->
                            problems.add(origin, PATH + ".inbounds", "clients would be served in a circle: " + circle));
        }
        return inbounds;
    }

    /** What ALPN can agree on; no section of an inbound is about what is spoken without TLS, so that has the defaults of the config. */
    private Map<String, AlpnProtocol> alpn() {
        ConfigObject nothing = ConfigFactory.empty().root();
        Settings without = Settings.of(nothing, PATH + "." + DefaultSections.KEY + ".alpn", "", root, problems);
        Map<String, AlpnProtocol> alpn = new HashMap<>(plugins.alpn());
        alpn.replaceAll((token, protocol) -> protocol.recognizer().isPresent() ? protocol.read(without) : protocol);
        return alpn;
    }

    private static ConfigObject section(Settings settings, String key) {
        if (settings.value(key).orElse(null) instanceof ConfigObject object) {
            return object;
        }
        settings.problem(key, "expected a section: " + key + " { … }");
        return ConfigFactory.empty().root();
    }
}
