package io.hopline.launcher.config;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigUtil;
import com.typesafe.config.ConfigValue;
import io.hopline.api.settings.DidYouMean;
import io.hopline.api.settings.Problems;
import io.hopline.api.settings.Settings;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/**
 * The types of inbounds or of outbounds.
 *
 * @param side {@code inbound} or {@code outbound}
 * @param root the whole config
 */
record Types<F>(String side, Map<String, F> factories, Config root, Problems problems) {

    /** The section's settings, with the defaults of its type. */
    Settings settings(ConfigObject section, String path) {
        String type = type(section);
        String kind = factories.containsKey(type) ? ConfigUtil.joinPath(side, type) : "";
        return Settings.of(section, path, kind, root, problems);
    }

    /** What reads the rest of the section; empty, and told as a problem, if the section names no type that there is. */
    Optional<F> factory(ConfigObject section, Settings settings) {
        String type = type(section);
        F factory = factories.get(type);
        if (type.isEmpty()) {
            settings.problem(
                    "type", "missing; expected one of " + String.join(", ", new TreeSet<>(factories.keySet())));
        } else if (factory == null) {
            settings.problem(
                    "type",
                    "there is no " + side + " type \"" + type + "\"; " + DidYouMean.hint(type, factories.keySet()));
        } else {
            settings.string("type");
        }
        return Optional.ofNullable(factory);
    }

    static String type(ConfigObject section) {
        ConfigValue type = section.get("type");
        return type != null && type.unwrapped() instanceof String text ? text : "";
    }
}
