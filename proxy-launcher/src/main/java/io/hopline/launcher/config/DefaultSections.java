package io.hopline.launcher.config;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigValue;
import io.hopline.api.settings.DidYouMean;
import io.hopline.api.settings.Problems;
import io.hopline.launcher.plugins.Plugins;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** The sections of {@code hopline.defaults}: one that is none of a kind that there is, nobody would ever read. */
final class DefaultSections {

    private static final String PATH = "hopline.defaults";

    private final Map<String, Set<String>> known = new TreeMap<>();

    /** @param reference every module's defaults, without the user's */
    DefaultSections(Config reference, Plugins plugins) {
        known.put("inbound", new TreeSet<>(plugins.inbounds().keySet()));
        known.put("outbound", new TreeSet<>(plugins.outbounds().keySet()));
        reference
                .getObject(PATH)
                .forEach((side, kinds) ->
                        known.computeIfAbsent(side, s -> new TreeSet<>()).addAll(keys(kinds)));
    }

    /** Tells of those that nobody knows, once each. */
    void check(ConfigObject defaults, Problems problems) {
        defaults.forEach((side, kinds) -> {
            Set<String> ofSide = known.get(side);
            if (ofSide == null) {
                problems.add(
                        kinds.origin(), PATH + "." + side, "unknown section; " + DidYouMean.hint(side, known.keySet()));
            } else if (kinds instanceof ConfigObject object) {
                object.forEach((kind, value) -> {
                    if (!ofSide.contains(kind)) {
                        problems.add(
                                value.origin(),
                                PATH + "." + side + "." + kind,
                                "unknown section; " + DidYouMean.hint(kind, ofSide));
                    }
                });
            } else {
                problems.add(kinds.origin(), PATH + "." + side, "expected a section: " + side + " { … }");
            }
        });
    }

    private static Set<String> keys(ConfigValue value) {
        return value instanceof ConfigObject object ? object.keySet() : Set.of();
    }
}
