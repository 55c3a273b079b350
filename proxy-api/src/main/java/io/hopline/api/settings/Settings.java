package io.hopline.api.settings;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigOrigin;
import com.typesafe.config.ConfigValue;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * One section of a config, read key by key.
 *
 * <p>A value that is missing or wrong becomes a {@link Problem}, and a stand-in is returned so that reading goes on and finds the
 * rest: what was read counts only if there are no problems. A key that nobody asked for is a problem as well.
 */
public final class Settings extends Values {

    private final Config defaults;
    private final Map<Object, Object> made;

    private Settings(
            Config config,
            ConfigOrigin origin,
            String path,
            Config defaults,
            Problems problems,
            AskedKeys asked,
            Map<Object, Object> made) {
        super(config, origin, path, problems, asked);
        this.defaults = defaults;
        this.made = made;
    }

    /**
     * Settings of the given section, with the defaults of its kind.
     *
     * @param path the section's path in its file, for problems
     * @param kind where its defaults stand below {@code hopline.defaults}, for example {@code outbound.socks5}
     * @param root the whole config, with every {@code reference.conf} beneath it
     */
    public static Settings of(ConfigObject section, String path, String kind, Config root, Problems problems) {
        Config defaults = root.getConfig("hopline.defaults");
        return new Settings(
                withDefaults(section.toConfig(), kind, defaults),
                section.origin(),
                path,
                defaults,
                problems,
                new AskedKeys(Set.of(kind)),
                new HashMap<>());
    }

    /**
     * Reads typed settings from a few lines of HOCON, with the defaults of every {@code reference.conf}, for Java code that has no
     * config file: {@code Settings.read("outbound.socks5", "server = \"10.0.0.5:1080\"", factory::read)}.
     *
     * @param kind where the defaults stand below {@code hopline.defaults}
     * @throws InvalidSettingsException if anything is wrong with them
     */
    public static <T> T read(String kind, String hocon, Function<Settings, T> reader) {
        Problems problems = new Problems();
        ConfigObject own = ConfigFactory.parseString(hocon).resolve().root();
        Settings settings = of(own, kind, kind, ConfigFactory.defaultReference(), problems);
        T read = reader.apply(settings);
        settings.reportUnknown();
        problems.throwIfAny();
        return read;
    }

    /**
     * The same section for one more reader, with the defaults of that reader's kind beneath; a key is known if any reader asks for
     * it.
     */
    public Settings as(String kind) {
        asked.readAs(kind);
        return new Settings(withDefaults(config, kind, defaults), origin, path, defaults, problems, asked, made);
    }

    /**
     * What all readers of the same section ({@link #as}) share: made for the first of them that asks.
     *
     * @param key what it is made from; readers whose keys are not equal share nothing
     */
    public <T> T once(Object key, Class<T> type, Supplier<T> maker) {
        return type.cast(made.computeIfAbsent(key, k -> maker.get()));
    }

    /** The keys that are there, for sections whose keys are names of the user's own. */
    public Set<String> keys() {
        return config.root().keySet();
    }

    /** A section; empty where the key is missing. */
    public Optional<Settings> section(String key) {
        return section(key, "");
    }

    /** A section whose own defaults stand below {@code hopline.defaults} at the given place; empty where the key is missing. */
    public Optional<Settings> section(String key, String kind) {
        if (!has(key)) {
            return Optional.empty();
        }
        if (!(config.getValue(quoted(key)) instanceof ConfigObject object)) {
            problem(key, "expected a section: " + key + " { … }");
            return Optional.empty();
        }
        return Optional.of(section(key, kind, object, object.origin()));
    }

    /** As {@link #section(String, String)}, but where the key is missing, a section of the defaults alone. */
    public Settings sectionOrDefaults(String key, String kind) {
        return section(key, kind)
                .orElseGet(() -> section(key, kind, ConfigFactory.empty().root(), origin));
    }

    private Settings section(String key, String kind, ConfigObject object, ConfigOrigin at) {
        return asked.section(
                key, () -> below(key, withDefaults(object.toConfig(), kind, defaults), at, asked.kindsOf(key, kind)));
    }

    private Settings below(String key, Config section, ConfigOrigin at, Set<String> kinds) {
        return new Settings(section, at, path + "." + key, defaults, problems, new AskedKeys(kinds), new HashMap<>());
    }

    /** A list of sections; empty where the key is missing. */
    public List<Settings> sections(String key) {
        if (!has(key)) {
            return List.of();
        }
        List<Settings> sections = new ArrayList<>();
        for (ConfigValue element : required(key, "a list of sections", List.<ConfigValue>of(), config::getList)) {
            String at = key + "." + sections.size();
            if (element instanceof ConfigObject object) {
                sections.add(asked.section(at, () -> below(at, object.toConfig(), object.origin(), Set.of())));
            } else {
                problems.add(element.origin(), path + "." + at, "expected a section: { … }");
            }
        }
        return sections;
    }

    /** Tells why the key can't be used here, should it be there and no reader ask for it. */
    public void unusable(String key, String why) {
        asked.unusable(key, why);
    }

    /** Tells of the keys that nobody asked for, here and in the sections below. */
    public void reportUnknown() {
        config.root()
                .forEach((key, value) -> asked.objection(key)
                        .ifPresent(objection -> problems.add(value.origin(), path + "." + key, objection)));
        asked.sections().forEach(Settings::reportUnknown);
    }

    /** The keys asked for so far, those of sections with a dot. */
    public List<String> askedKeys() {
        return asked.all();
    }

    /** The keys asked for so far, by the places below {@code hopline.defaults} where the defaults of their sections stand. */
    public Map<String, Set<String>> askedByKind() {
        Map<String, Set<String>> byKind = new TreeMap<>();
        asked.addTo(byKind);
        return byKind;
    }

    /** Why keys can't be used, by the same places and then by their names. */
    public Map<String, Map<String, String>> unusableByKind() {
        Map<String, Map<String, String>> byKind = new TreeMap<>();
        asked.addUnusableTo(byKind);
        return byKind;
    }

    private static Config withDefaults(Config own, String kind, Config defaults) {
        // Who put something else there is told so when all the defaults are read, for which this must go on.
        return !kind.isEmpty() && defaults.hasPath(kind) && defaults.getValue(kind) instanceof ConfigObject section
                ? own.withFallback(section)
                : own;
    }
}
