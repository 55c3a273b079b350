package io.hopline.launcher.config;

import static java.util.Objects.requireNonNull;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigUtil;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueFactory;
import io.hopline.api.guard.GuardSettings;
import io.hopline.api.settings.DidYouMean;
import io.hopline.api.settings.Problems;
import io.hopline.api.settings.Settings;
import io.hopline.api.transport.InboundLayers;
import io.hopline.launcher.plugins.Plugins;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * The sections of {@code hopline.defaults}, whether anything of their kind is declared or not: every kind is read once without a
 * section of its own, so that what nobody asks for is known.
 */
final class DefaultSections {

    static final String KEY = "defaults";

    private static final String PATH = "hopline." + KEY;

    private final Config root;
    private final Config reference;
    private final Plugins plugins;
    private final Problems problems;
    /** The keys of each section, by its place below the defaults. */
    private final Map<String, Set<String>> known = new HashMap<>();

    /** Why keys can't be in a section, by their places below the defaults. */
    private final Map<String, String> unusable = new HashMap<>();

    private final List<String> useless = new ArrayList<>();

    private DefaultSections(Config root, Config reference, Plugins plugins, Problems problems) {
        this.root = root;
        this.reference = reference;
        this.plugins = plugins;
        this.problems = problems;
    }

    /**
     * Tells of the keys and sections that nobody knows, once each.
     *
     * @param root the whole config
     * @return the config without them, so that nobody stumbles over them again
     */
    static Config check(Config root, Plugins plugins, Problems problems) {
        Config reference = ConfigFactory.defaultReference();
        ConfigValue value = requireNonNull(root.getObject("hopline").get(KEY), "the reference has it");
        if (!(value instanceof ConfigObject defaults)) {
            problems.add(value.origin(), PATH, "expected a section: " + KEY + " { … }");
            return root.withoutPath(PATH).withFallback(reference);
        }
        if (defaults.equals(reference.getObject(PATH))) {
            return root;
        }
        DefaultSections sections = new DefaultSections(root, reference, plugins, problems);
        sections.learn();
        sections.check(defaults, "");
        Config rest = root;
        for (String path : sections.useless) {
            rest = rest.withoutPath(path);
        }
        return rest.withFallback(reference);
    }

    private void learn() {
        learn(reference.getObject(PATH), "");
        Set<String> inbounds = plugins.inbounds().keySet();
        plugins.inbounds()
                .forEach((type, factory) -> rehearse("inbound", type, inbounds, section -> {
                    InboundReader.KEYS.forEach(section::has);
                    factory.read(section);
                    InboundLayers.read(section, plugins.alpn());
                    GuardSettings.read(section);
                }));
        Set<String> outbounds = plugins.outbounds().keySet();
        plugins.outbounds().forEach((type, factory) -> rehearse("outbound", type, outbounds, factory::read));
        plugins.alpn().values().forEach(protocol -> {
            Settings tls = settings(Map.of(), "inbound.tls");
            protocol.read(tls);
            learn(tls, Set.of());
        });
    }

    private void learn(ConfigObject section, String place) {
        section.forEach((key, value) -> {
            known.computeIfAbsent(place, p -> new TreeSet<>()).add(key);
            if (value instanceof ConfigObject below) {
                learn(below, join(place, key));
            }
        });
    }

    /** @param others places of other types: what this one asks for there besides its own keys is none of theirs */
    private void learn(Settings section, Set<String> others) {
        Predicate<String> isOurs = kind -> others.stream().noneMatch(other -> (kind + ".").startsWith(other + "."));
        section.askedByKind().forEach((kind, keys) -> {
            if (isOurs.test(kind)) {
                known.computeIfAbsent(kind, k -> new TreeSet<>()).addAll(keys);
            }
        });
        section.unusableByKind().forEach((kind, keys) -> {
            if (isOurs.test(kind)) {
                keys.forEach((key, why) -> unusable.put(join(kind, key), why));
            }
        });
    }

    private void rehearse(String side, String type, Set<String> types, Consumer<Settings> reader) {
        Map<String, Object> shared = new TreeMap<>();
        known.getOrDefault(side, Set.of()).forEach(section -> shared.put(section, Map.of()));
        shared.put("type", type);
        Settings section = settings(shared, join(side, type));
        reader.accept(section);
        known.computeIfAbsent(side, s -> new TreeSet<>()).add(type);
        learn(
                section,
                types.stream()
                        .filter(other -> !other.equals(type))
                        .map(other -> join(side, other))
                        .collect(Collectors.toSet()));
    }

    /** What is wrong with values is told where they are used. */
    private Settings settings(Map<String, Object> section, String kind) {
        return Settings.of(ConfigValueFactory.fromMap(section), PATH, kind, root, new Problems());
    }

    private void check(ConfigObject section, String place) {
        Set<String> keys = known.getOrDefault(place, Set.of());
        boolean ofSections = place.indexOf('.') < 0; // The sides and their kinds.
        section.forEach((key, value) -> {
            String below = join(place, key);
            if (!keys.contains(key)) {
                String unknown = "unknown " + (ofSections ? "section" : "key") + DidYouMean.suffix(key, keys);
                tell(value, below, unusable.getOrDefault(below, unknown));
            } else if (value instanceof ConfigObject object && known.containsKey(below)) {
                check(object, below);
            } else if (ofSections && !(value instanceof ConfigObject)) {
                tell(value, below, "expected a section: " + key + " { … }");
            }
        });
    }

    private void tell(ConfigValue value, String place, String text) {
        useless.add(PATH + "." + place);
        problems.add(value.origin(), PATH + "." + place, text);
    }

    private static String join(String place, String key) {
        String element = ConfigUtil.joinPath(key); // In quotes where it needs them.
        return place.isEmpty() ? element : place + "." + element;
    }
}
