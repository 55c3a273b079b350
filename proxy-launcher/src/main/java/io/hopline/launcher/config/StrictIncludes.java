package io.hopline.launcher.config;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;
import static java.util.Objects.requireNonNull;

import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigIncludeContext;
import com.typesafe.config.ConfigIncluder;
import com.typesafe.config.ConfigIncluderClasspath;
import com.typesafe.config.ConfigIncluderFile;
import com.typesafe.config.ConfigIncluderURL;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigOriginFactory;
import com.typesafe.config.ConfigParseOptions;
import com.typesafe.config.ConfigParseable;
import java.io.File;
import java.io.IOException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Includes what is there and can be read, and refuses all else, as if every include stood in {@code required(…)}: without the rules
 * and limits in a file that HOCON passes over, a proxy would let clients do more.
 *
 * @param way what is being read: the config, what it includes, and so on to what includes from here
 * @param library what HOCON's own includer does; the parser hands it over by {@link #withFallback}
 */
record StrictIncludes(List<String> way, @Nullable ConfigIncluder library)
        implements ConfigIncluder, ConfigIncluderFile, ConfigIncluderURL, ConfigIncluderClasspath {

    /** The first one wins. */
    private static final List<String> ENDINGS = List.of(".conf", ".json", ".properties");

    /** The includes of a config. */
    static StrictIncludes of(File config) {
        return new StrictIncludes(List.of(real(config)), null);
    }

    @Override
    public ConfigIncluder withFallback(ConfigIncluder fallback) {
        return new StrictIncludes(way, fallback);
    }

    @Override
    public ConfigObject include(ConfigIncludeContext context, String name) {
        return files(name)
                .flatMap(file -> Stream.ofNullable(relative(file, context)))
                .filter(StrictIncludes::isThere)
                .map(file -> read(file, context))
                .reduce(ConfigObject::withFallback)
                .orElseGet(() -> once(
                        name,
                        context,
                        strict -> requireNonNull(library).include(context.setParseOptions(strict), name)));
    }

    @Override
    public ConfigObject includeFile(ConfigIncludeContext context, File file) {
        return files(file.getPath())
                .map(File::new)
                .filter(StrictIncludes::isThere)
                .map(one -> read(one, context))
                .reduce(ConfigObject::withFallback)
                .orElseGet(() -> once(
                        real(file),
                        context,
                        strict -> ConfigFactory.parseFileAnySyntax(file, strict).root()));
    }

    @Override
    public ConfigObject includeURL(ConfigIncludeContext context, URL url) {
        if (url.getProtocol().equals("file")) {
            Encoding.check(new File(url.getPath()));
        }
        return once(
                url.toString(),
                context,
                strict -> ConfigFactory.parseURL(url, strict).root());
    }

    @Override
    public ConfigObject includeResources(ConfigIncludeContext context, String resource) {
        return once(
                resource,
                context,
                strict ->
                        ConfigFactory.parseResourcesAnySyntax(resource, strict).root());
    }

    /** A name without an ending means each of these, of which HOCON passes over those that it can't read as long as it can one. */
    private static Stream<String> files(String name) {
        return ENDINGS.stream().anyMatch(name::endsWith)
                ? Stream.of(name)
                : ENDINGS.stream().map(name::concat);
    }

    /** The file of this name, whether it is there or not; null where names don't count from a folder. */
    private static @Nullable File relative(String name, ConfigIncludeContext context) {
        ConfigParseable here = context.relativeTo("."); // The context tells only of what is there.
        String folder = here == null ? null : here.origin().filename();
        if (folder == null || name.contains("://")) {
            return null;
        }
        File file = new File(name);
        return file.isAbsolute() ? file : new File(folder.replaceFirst("/\\.$", ""), name);
    }

    /** A link to nowhere is, and can't be read; so may be what stands where nobody lets us look. */
    private static boolean isThere(File file) {
        try {
            return !Files.notExists(file.toPath(), NOFOLLOW_LINKS);
        } catch (InvalidPathException e) { // Has a character that the locale lacks, or that no name has.
            return false;
        }
    }

    private ConfigObject read(File file, ConfigIncludeContext context) {
        Encoding.check(file);
        return once(
                real(file),
                context,
                strict -> ConfigFactory.parseFile(file, strict).root());
    }

    private static String real(File file) {
        try {
            return file.toPath().toRealPath().toString();
        } catch (IOException | InvalidPathException e) {
            return file.getAbsolutePath(); // Whoever reads it says what is wrong.
        }
    }

    /** Reads what isn't being read already, for the parser would go round in a circle until its stack overflows. */
    private ConfigObject once(
            String place, ConfigIncludeContext context, Function<ConfigParseOptions, ConfigObject> reading) {
        List<String> longer = Stream.concat(way.stream(), Stream.of(place)).toList();
        if (way.contains(place)) {
            throw new ConfigException.Parse(
                    ConfigOriginFactory.newSimple(place),
                    "includes itself: " + String.join(" -> ", longer.subList(way.indexOf(place), longer.size())));
        }
        // An included file's syntax is its own.
        return reading.apply(context.parseOptions()
                .setAllowMissing(false)
                .setSyntax(null)
                .setIncluder(new StrictIncludes(longer, library)));
    }
}
