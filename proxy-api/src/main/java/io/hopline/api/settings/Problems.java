package io.hopline.api.settings;

import com.typesafe.config.ConfigOrigin;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Collects all that is wrong with a config, so that it can be told at once. */
public final class Problems {

    private final Set<Problem> all = new LinkedHashSet<>();

    /** Adds a problem, unless another reader of the same key has told it already. */
    public void add(ConfigOrigin origin, String path, String text) {
        all.add(new Problem(where(origin), path, text));
    }

    public boolean isEmpty() {
        return all.isEmpty();
    }

    public List<Problem> all() {
        return List.copyOf(all);
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
        String source = origin.filename() != null ? withoutDot(origin.filename()) : origin.description();
        return origin.filename() != null && origin.lineNumber() > 0 ? source + ":" + origin.lineNumber() : source;
    }
}
