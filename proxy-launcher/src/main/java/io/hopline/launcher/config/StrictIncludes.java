package io.hopline.launcher.config;

import static java.util.Objects.requireNonNull;

import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigIncludeContext;
import com.typesafe.config.ConfigIncluder;
import com.typesafe.config.ConfigIncluderClasspath;
import com.typesafe.config.ConfigIncluderFile;
import com.typesafe.config.ConfigIncluderURL;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigParseOptions;
import com.typesafe.config.ConfigParseable;
import java.io.File;
import java.net.URL;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Includes what is there and can be read, and refuses all else, as if every include stood in {@code required(…)}: without the rules
 * and limits in a file that HOCON passes over, a proxy would let clients do more.
 *
 * @param library what HOCON's own includer does; the parser hands it over by {@link #withFallback}
 */
record StrictIncludes(@Nullable ConfigIncluder library)
        implements ConfigIncluder, ConfigIncluderFile, ConfigIncluderURL, ConfigIncluderClasspath {

    /** The first one wins. */
    private static final List<String> ENDINGS = List.of(".conf", ".json", ".properties");

    StrictIncludes() {
        this(null);
    }

    @Override
    public ConfigIncluder withFallback(ConfigIncluder fallback) {
        return new StrictIncludes(fallback);
    }

    @Override
    public ConfigObject include(ConfigIncludeContext context, String name) {
        ConfigParseOptions strict = strict(context);
        return files(name)
                .flatMap(file -> Stream.ofNullable(context.relativeTo(file)))
                .filter(StrictIncludes::isThere)
                .map(file -> file.parse(strict))
                .reduce(ConfigObject::withFallback)
                .orElseGet(() -> requireNonNull(library).include(context.setParseOptions(strict), name));
    }

    @Override
    public ConfigObject includeFile(ConfigIncludeContext context, File file) {
        ConfigParseOptions strict = strict(context);
        return files(file.getPath())
                .map(File::new)
                .filter(File::exists)
                .map(one -> ConfigFactory.parseFile(one, strict).root())
                .reduce(ConfigObject::withFallback)
                .orElseGet(() -> ConfigFactory.parseFileAnySyntax(file, strict).root());
    }

    @Override
    public ConfigObject includeURL(ConfigIncludeContext context, URL url) {
        return ConfigFactory.parseURL(url, strict(context)).root();
    }

    @Override
    public ConfigObject includeResources(ConfigIncludeContext context, String resource) {
        return ConfigFactory.parseResourcesAnySyntax(resource, strict(context)).root();
    }

    /** A name without an ending means each of these, of which HOCON passes over those that it can't read as long as it can one. */
    private static Stream<String> files(String name) {
        return ENDINGS.stream().anyMatch(name::endsWith)
                ? Stream.of(name)
                : ENDINGS.stream().map(name::concat);
    }

    private static boolean isThere(ConfigParseable included) {
        String file = included.origin().filename();
        return file != null && new File(file).exists();
    }

    /** An included file's syntax is its own. */
    private static ConfigParseOptions strict(ConfigIncludeContext context) {
        return context.parseOptions().setAllowMissing(false).setSyntax(null);
    }
}
