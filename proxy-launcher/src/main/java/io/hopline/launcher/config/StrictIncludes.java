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
import java.io.File;
import java.net.URL;
import org.jspecify.annotations.Nullable;

/**
 * Includes what is there and can be read, and refuses all else, as if every include stood in {@code required(…)}: without the rules
 * and limits in a file that HOCON passes over, a proxy would let clients do more.
 *
 * @param library what HOCON's own includer does; the parser hands it over by {@link #withFallback}
 */
record StrictIncludes(@Nullable ConfigIncluder library)
        implements ConfigIncluder, ConfigIncluderFile, ConfigIncluderURL, ConfigIncluderClasspath {

    StrictIncludes() {
        this(null);
    }

    @Override
    public ConfigIncluder withFallback(ConfigIncluder fallback) {
        return new StrictIncludes(fallback);
    }

    @Override
    public ConfigObject include(ConfigIncludeContext context, String name) {
        return requireNonNull(library).include(context.setParseOptions(strict(context)), name);
    }

    @Override
    public ConfigObject includeFile(ConfigIncludeContext context, File file) {
        return ConfigFactory.parseFileAnySyntax(file, strict(context)).root();
    }

    @Override
    public ConfigObject includeURL(ConfigIncludeContext context, URL url) {
        return ConfigFactory.parseURL(url, strict(context)).root();
    }

    @Override
    public ConfigObject includeResources(ConfigIncludeContext context, String resource) {
        return ConfigFactory.parseResourcesAnySyntax(resource, strict(context)).root();
    }

    private static ConfigParseOptions strict(ConfigIncludeContext context) {
        return context.parseOptions().setAllowMissing(false);
    }
}
