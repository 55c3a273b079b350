package io.hopline.api.settings;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigMemorySize;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigOrigin;
import com.typesafe.config.ConfigUtil;
import com.typesafe.config.ConfigValue;
import io.hopline.api.HostPort;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One section of a config, read key by key.
 *
 * <p>A value that is missing or wrong becomes a {@link Problem}, and a stand-in is returned so that reading goes on and finds the
 * rest: what was read counts only if there are no problems. A key that nobody asked for is a problem as well.
 */
public final class Settings {

    private static final HostPort STAND_IN = new HostPort("invalid", 1);

    private final Config config;
    private final ConfigOrigin origin;
    private final String path;
    private final Problems problems;
    private final Config defaults;
    private final Map<String, Optional<Settings>> asked;
    private final Map<String, String> unusable;

    private Settings(
            Config config,
            ConfigOrigin origin,
            String path,
            Problems problems,
            Config defaults,
            Map<String, Optional<Settings>> asked,
            Map<String, String> unusable) {
        this.config = config;
        this.origin = origin;
        this.path = path;
        this.problems = problems;
        this.defaults = defaults;
        this.asked = asked;
        this.unusable = unusable;
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
                problems,
                defaults,
                new LinkedHashMap<>(),
                new LinkedHashMap<>());
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
        return new Settings(withDefaults(config, kind, defaults), origin, path, problems, defaults, asked, unusable);
    }

    /** Whether the key is there and not null. */
    public boolean has(String key) {
        ask(key);
        return config.hasPath(quoted(key));
    }

    /** The keys that are there, for sections whose keys are names of the user's own. */
    public Set<String> keys() {
        return config.root().keySet();
    }

    /** Whatever stands there, for keys that take more than one kind of value; empty where the key is missing or null. */
    public Optional<ConfigValue> value(String key) {
        return has(key) ? Optional.of(config.getValue(quoted(key))) : Optional.empty();
    }

    /** A text that must be there; may be empty. */
    public String string(String key) {
        return required(key, "a text", "", config::getString);
    }

    public Optional<String> optionalString(String key) {
        return has(key) ? Optional.of(string(key)) : Optional.empty();
    }

    public boolean flag(String key) {
        return required(key, "true or false", false, config::getBoolean);
    }

    /** A whole number in the given range, both ends included. */
    public int integer(String key, int min, int max) {
        String expected = "a whole number from " + min + " to " + max;
        int value = required(key, expected, min, config::getInt);
        if (value < min || value > max) {
            problem(key, "expected " + expected + ", got " + value);
        }
        return value;
    }

    /** A time such as {@code 500ms}, {@code 10s} or {@code 2 minutes}; more than zero. */
    public Duration duration(String key) {
        String expected = "a time with its unit, such as 10s or 500ms";
        Duration value = required(key, expected, Duration.ofSeconds(1), config::getDuration);
        if (value.isZero() || value.isNegative()) {
            problem(key, "expected " + expected + ", more than zero");
        }
        return value;
    }

    /** A size in bytes, such as {@code 64 KiB}. */
    public long bytes(String key) {
        return required(key, "a size, such as 64KiB", ConfigMemorySize.ofBytes(1), config::getMemorySize)
                .toBytes();
    }

    /** {@code host:port}, with an IPv6 literal in brackets. */
    public HostPort hostPort(String key) {
        return parsed(key, "host:port", STAND_IN, HostPort::parse);
    }

    /** {@code host:port}, or a host alone, which gets the default port. */
    public HostPort hostPort(String key, int defaultPort) {
        return parsed(key, "host or host:port", STAND_IN, text -> HostPort.parse(text, defaultPort));
    }

    /** A list of texts; a single text counts as a list of one. Empty where the key is missing. */
    public List<String> strings(String key) {
        if (!has(key)) {
            return List.of();
        }
        return required(key, "a list of texts", List.of(), k -> switch (config.getValue(k)
                .valueType()) {
            case LIST -> config.getStringList(k);
            default -> List.of(config.getString(k));
        });
    }

    /** One of the constants, written in lower case with dashes. */
    public <E extends Enum<E>> E choice(String key, Class<E> type) {
        E[] all = type.getEnumConstants();
        List<String> names = Arrays.stream(all).map(Settings::constantName).toList();
        return parsed(key, "one of " + String.join(", ", names), all[0], text -> {
            int i = names.indexOf(text);
            if (i < 0) {
                throw new IllegalArgumentException(DidYouMean.hint(text, names));
            }
            return all[i];
        });
    }

    /** A file; a relative path counts from the folder of the config file that names it. */
    public Path path(String key) {
        String text = string(key);
        String file = has(key) ? config.getValue(quoted(key)).origin().filename() : null;
        @Nullable Path folder = file == null ? null : Path.of(file).toAbsolutePath().getParent();
        return folder == null ? Path.of(text) : folder.resolve(text);
    }

    public Optional<Path> optionalPath(String key) {
        return has(key) ? Optional.of(path(key)) : Optional.empty();
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
        Settings section = asked.getOrDefault(key, Optional.empty())
                .orElseGet(() -> new Settings(
                        withDefaults(object.toConfig(), kind, defaults),
                        at,
                        path + "." + key,
                        problems,
                        defaults,
                        new LinkedHashMap<>(),
                        new LinkedHashMap<>()));
        asked.put(key, Optional.of(section));
        return section;
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
                Settings section = new Settings(
                        object.toConfig(),
                        object.origin(),
                        path + "." + at,
                        problems,
                        defaults,
                        new LinkedHashMap<>(),
                        new LinkedHashMap<>());
                asked.put(at, Optional.of(section));
                sections.add(section);
            } else {
                problems.add(element.origin(), path + "." + at, "expected a section: { … }");
            }
        }
        return sections;
    }

    /** A text turned into something else; what the parser throws becomes a problem. */
    public <T> T parsed(String key, String expected, T standIn, Function<String, T> parser) {
        if (!has(key)) {
            problem(key, "missing; expected " + expected);
            return standIn;
        }
        String text = required(key, expected, "", config::getString);
        try {
            return parser.apply(text);
        } catch (IllegalArgumentException e) {
            problem(key, "expected " + expected + ", got \"" + text + "\": " + e.getMessage());
            return standIn;
        }
    }

    /** Tells that the key's value can't be used. */
    public void problem(String key, String text) {
        ask(key);
        ConfigOrigin at =
                config.hasPath(quoted(key)) ? config.getValue(quoted(key)).origin() : origin;
        problems.add(at, path + "." + key, text);
    }

    /** Tells why the key can't be used here, should it be there and no reader ask for it. */
    public void unusable(String key, String why) {
        unusable.put(key, why);
    }

    /** Tells of the keys that nobody asked for, here and in the sections below. */
    public void reportUnknown() {
        config.root().forEach((key, value) -> {
            if (!asked.containsKey(key)) {
                String unknown = "unknown key" + DidYouMean.suffix(key, asked.keySet());
                problems.add(value.origin(), path + "." + key, unusable.getOrDefault(key, unknown));
            }
        });
        asked.values().forEach(section -> section.ifPresent(Settings::reportUnknown));
    }

    /** The keys asked for so far, those of sections with a dot. */
    public List<String> askedKeys() {
        List<String> keys = new ArrayList<>();
        asked.forEach((key, section) -> {
            keys.add(key);
            section.ifPresent(s -> s.askedKeys().forEach(k -> keys.add(key + "." + k)));
        });
        return keys;
    }

    private <T> T required(String key, String expected, T standIn, Function<String, T> getter) {
        if (!has(key)) {
            problem(key, "missing; expected " + expected);
            return standIn;
        }
        try {
            return getter.apply(quoted(key));
        } catch (ConfigException e) {
            problem(key, "expected " + expected);
            return standIn;
        }
    }

    private static Config withDefaults(Config own, String kind, Config defaults) {
        return !kind.isEmpty() && defaults.hasPath(kind) ? own.withFallback(defaults.getConfig(kind)) : own;
    }

    private void ask(String key) {
        asked.putIfAbsent(key, Optional.empty());
    }

    private static String quoted(String key) {
        return ConfigUtil.quoteString(key);
    }

    private static String constantName(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
