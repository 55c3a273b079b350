package io.hopline.api.settings;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigOrigin;
import com.typesafe.config.ConfigUtil;
import com.typesafe.config.ConfigValue;
import io.hopline.api.HostPort;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The values of one section by their keys; what is missing or wrong becomes a {@link Problem}, and a stand-in is returned. */
abstract class Values {

    private static final Pattern UNITLESS = Pattern.compile("\\s*[0-9.]+\\s*");

    private static final HostPort STAND_IN = new HostPort("invalid", 1);

    final Config config;
    final ConfigOrigin origin;
    final String path;
    final Problems problems;
    final AskedKeys asked;

    Values(Config config, ConfigOrigin origin, String path, Problems problems, AskedKeys asked) {
        this.config = config;
        this.origin = origin;
        this.path = path;
        this.problems = problems;
        this.asked = asked;
    }

    /** Whether the key is there and not null. */
    public boolean has(String key) {
        asked.add(key);
        return config.hasPath(quoted(key));
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
        int value = required(key, expected, min, k -> {
            // HOCON cuts off what is behind the point.
            if (config.getDouble(k) % 1 != 0) {
                throw new ConfigException.BadValue(k, "not whole");
            }
            return config.getInt(k);
        });
        if (value < min || value > max) {
            problem(key, "expected " + expected + ", got " + value);
        }
        return value;
    }

    /** A time such as {@code 500ms}, {@code 10s} or {@code 2 minutes}; more than zero. */
    public Duration duration(String key) {
        String expected = "a time with its unit, such as 10s or 500ms";
        Duration value = required(key, expected, Duration.ofSeconds(1), k -> {
            // HOCON takes a number for milliseconds, and whoever leaves the unit away means seconds.
            if (UNITLESS.matcher(config.getString(k)).matches()) {
                throw new ConfigException.BadValue(k, "no unit");
            }
            return config.getDuration(k);
        });
        if (value.isZero() || value.isNegative()) {
            problem(key, "expected " + expected + ", more than zero");
        }
        return value;
    }

    /** A size in bytes, such as {@code 64 KiB}. */
    public long bytes(String key) {
        return required(key, "a size, such as 64KiB", 1L, config::getBytes);
    }

    /** {@code host:port} to dial, with an IPv6 literal in brackets. */
    public HostPort hostPort(String key) {
        return parsed(key, "host:port", STAND_IN, text -> HostPort.parse(text).reachable());
    }

    /** {@code host:port} to dial, or a host alone, which gets the default port. */
    public HostPort hostPort(String key, int defaultPort) {
        return parsed(
                key,
                "host or host:port",
                STAND_IN,
                text -> HostPort.parse(text, defaultPort).reachable());
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
        List<String> names = Arrays.stream(all).map(Values::constantName).toList();
        return all[names.indexOf(choice(key, names))];
    }

    /** One of the words. */
    public String choice(String key, List<String> words) {
        String expected = "one of " + String.join(", ", words);
        String text = required(key, expected, words.get(0), config::getString);
        if (words.contains(text)) {
            return text;
        }
        problem(key, "expected " + expected + ", got " + quoted(text) + DidYouMean.guess(text, words));
        return words.get(0);
    }

    /** A file; a relative path counts from the folder of the config file that names it. */
    public Path path(String key) {
        String file = has(key) ? config.getValue(quoted(key)).origin().filename() : null;
        @Nullable Path folder = file == null ? null : Path.of(file).toAbsolutePath().getParent();
        return parsed(
                key,
                "the path of a file",
                Path.of(""),
                text -> folder == null
                        ? named(text)
                        : folder.resolve(named(text)).normalize());
    }

    private static Path named(String text) {
        try {
            return Path.of(text);
        } catch (InvalidPathException e) {
            throw new IllegalArgumentException("no file has such a name here: " + e.getReason(), e);
        }
    }

    public Optional<Path> optionalPath(String key) {
        return has(key) ? Optional.of(path(key)) : Optional.empty();
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
            problem(key, "expected " + expected + ", got " + quoted(withoutCredentials(text)) + ": " + e.getMessage());
            return standIn;
        }
    }

    /**
     * Whether nothing was found wrong with any of the keys, of which all were asked for: else a stand-in was returned, and what comes of
     * that is no problem of its own.
     */
    public boolean isSound(String... keys) {
        return Arrays.stream(keys).allMatch(asked::isSound);
    }

    /** Tells that the key's value can't be used. */
    public void problem(String key, String text) {
        asked.addUnsound(key);
        ConfigValue there = config.root().get(key); // A null is there, too.
        problems.add(there == null ? origin : there.origin(), path + "." + key, text);
    }

    final <T> T required(String key, String expected, T standIn, Function<String, T> getter) {
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

    static String quoted(String key) {
        return ConfigUtil.quoteString(key);
    }

    private static String constantName(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Somebody may have put a password in front of an address. */
    private static String withoutCredentials(String text) {
        int at = text.lastIndexOf('@');
        return at < 0 ? text : "..." + text.substring(at);
    }
}
