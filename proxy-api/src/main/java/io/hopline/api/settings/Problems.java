package io.hopline.api.settings;

import com.typesafe.config.ConfigOrigin;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Collects all that is wrong with a config, so that it can be told at once. */
public final class Problems {

    private final Map<Problem, Place> all = new LinkedHashMap<>();

    /** Adds a problem, unless another reader of the same key has told it already. */
    public void add(ConfigOrigin origin, String path, String text) {
        all.putIfAbsent(new Problem(where(origin), path, text), new Place(source(origin), origin.lineNumber()));
    }

    public boolean isEmpty() {
        return all.isEmpty();
    }

    /** What was collected, those of one file by their lines. */
    public List<Problem> all() {
        List<String> sources =
                all.values().stream().map(Place::source).distinct().toList();
        return all.entrySet().stream()
                .sorted(Map.Entry.comparingByValue(Comparator.comparing((Place at) -> sources.indexOf(at.source()))
                        .thenComparing(Place::line)))
                .map(Map.Entry::getKey)
                .toList();
    }

    /** @throws InvalidSettingsException with everything collected so far, unless that is nothing */
    public void throwIfAny() {
        if (!all.isEmpty()) {
            throw new InvalidSettingsException(all());
        }
    }

    private static String withoutDot(String file) {
        return file.startsWith("./") ? file.substring(2) : file;
    }

    private static String where(ConfigOrigin origin) {
        if (origin.filename() == null) {
            return origin.description();
        }
        String source = source(origin);
        return origin.lineNumber() > 0 ? source + ":" + origin.lineNumber() : source;
    }

    private static String source(ConfigOrigin origin) {
        return origin.filename() == null ? "" : withoutDot(origin.filename());
    }

    private record Place(String source, int line) {}
}
