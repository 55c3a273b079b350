package io.hopline.launcher.config;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigParseOptions;
import com.typesafe.config.ConfigResolveOptions;
import com.typesafe.config.ConfigResolver;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueFactory;
import io.hopline.api.settings.DidYouMean;
import io.hopline.api.settings.InvalidSettingsException;
import io.hopline.api.settings.Problem;
import io.hopline.api.settings.Problems;
import io.hopline.api.settings.Unreadable;
import java.io.File;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A config's text, parsed, put over the defaults and resolved.
 *
 * @param config the whole of it
 * @param problems has the substitutions that lead nowhere; an empty text of the origin {@link #STAND_IN} was put in their place, so
 *     that reading can go on and find the rest
 */
record Sources(Config config, Problems problems) {

    /** The origin of what stands in for an unresolved substitution. */
    static final String STAND_IN = "an unresolved substitution";

    private static final String SECTION = "hopline";

    private static final Pattern SUBSTITUTION = Pattern.compile("\\$\\{([^}]*)}");

    /** @throws InvalidSettingsException if the file can't be read or is no HOCON */
    static Sources file(Path file) {
        if (file.toString().isEmpty()) { // Java takes it for the working directory.
            throw new InvalidSettingsException(List.of(new Problem(
                    "\"\"", "", "is an empty path, expected that of a config file; is a variable not set?")));
        }
        if (!Files.isReadable(file) || Files.isDirectory(file)) {
            String why = Files.isDirectory(file) ? "is a folder, expected a config file" : whyUnreadable(file);
            throw new InvalidSettingsException(List.of(new Problem(file.toString(), "", why)));
        }
        // An include is looked for in the file's folder, and a name alone has none.
        File placed = (file.getParent() == null ? Path.of(".").resolve(file) : file).toFile();
        try {
            Encoding.check(placed);
            Config parsed = ConfigFactory.parseFile(
                    placed,
                    ConfigParseOptions.defaults().setAllowMissing(false).setIncluder(StrictIncludes.of(placed)));
            Encoding.checkKeys(parsed.root());
            if (!parsed.root().containsKey(SECTION)) {
                throw new InvalidSettingsException(List.of(new Problem(
                        file.toString(),
                        "",
                        "has no section " + SECTION + " { … }"
                                + misspelt(parsed.root().keySet()))));
            }
            return parsed(parsed);
        } catch (ConfigException.IO e) {
            throw isOf(placed, e)
                    ? new InvalidSettingsException(
                            List.of(new Problem(file.toString(), "", ParseProblems.unreadable(e))))
                    : refusal(e, new Problems());
        } catch (ConfigException e) {
            throw refusal(e, new Problems());
        } catch (StackOverflowError e) {
            throw new InvalidSettingsException(List.of(new Problem(
                    file.toString(),
                    "",
                    "is nested too deep, or one of what it includes: thousands of sections or lists stand within each"
                            + " other")));
        }
    }

    private static boolean isOf(File file, ConfigException e) {
        return e.origin() != null && file.getPath().equals(e.origin().filename());
    }

    private static String whyUnreadable(Path file) {
        try {
            Files.readAttributes(
                    file, BasicFileAttributes.class); // Opens nothing, which might wait for whoever writes it.
            return Unreadable.why(new AccessDeniedException(file.toString()));
        } catch (IOException e) {
            return Unreadable.why(e);
        }
    }

    private static String misspelt(Set<String> keys) {
        return keys.stream()
                .sorted()
                .filter(key -> !DidYouMean.guess(key, List.of(SECTION)).isEmpty())
                .findFirst()
                .map(key -> ", but \"" + key + "\"" + DidYouMean.guess(key, List.of(SECTION)))
                .orElse("");
    }

    /** @throws InvalidSettingsException if it can't be resolved */
    static Sources parsed(Config parsed) {
        Config whole = ConfigFactory.defaultOverrides()
                .withFallback(parsed)
                .withFallback(ConfigFactory.defaultReferenceUnresolved());
        Problems problems = new Problems();
        Set<String> paths = new HashSet<>();
        ConfigResolveOptions options = ConfigResolveOptions.defaults().appendResolver(new StandIns(paths));
        while (true) {
            try {
                return new Sources(whole.resolve(options), problems);
            } catch (ConfigException e) {
                boolean more = e instanceof ConfigException.UnresolvedSubstitution && !isKnown(e, paths);
                if (!more) {
                    throw problems.isEmpty() ? refusal(e, problems) : new InvalidSettingsException(problems.all());
                }
                ParseProblems.add(e, problems);
            }
        }
    }

    private static InvalidSettingsException refusal(ConfigException e, Problems problems) {
        ParseProblems.add(e, problems);
        return new InvalidSettingsException(problems.all());
    }

    /** Whether the path in the exception has a stand-in already, or can't get one; else it gets one. */
    private static boolean isKnown(ConfigException e, Set<String> paths) {
        Matcher path = SUBSTITUTION.matcher(String.valueOf(e.getMessage()));
        return !path.find() || !paths.add(path.group(1));
    }

    /** Resolves what nothing else could. */
    private record StandIns(Set<String> paths) implements ConfigResolver {
        @Override
        public @org.jspecify.annotations.Nullable ConfigValue lookup(String path) {
            return paths.contains(path) ? ConfigValueFactory.fromAnyRef("", STAND_IN) : null;
        }

        @Override
        public ConfigResolver withFallback(ConfigResolver fallback) {
            return this;
        }
    }
}
