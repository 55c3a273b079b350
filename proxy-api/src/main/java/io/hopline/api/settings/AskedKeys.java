package io.hopline.api.settings;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** The keys of one section that readers have asked for: what else stands there nobody knows. */
final class AskedKeys {

    private final Map<String, Optional<Settings>> asked = new LinkedHashMap<>();
    private final Map<String, String> unusable = new LinkedHashMap<>();
    private final Set<String> unsound = new HashSet<>();
    private final Set<String> kinds;

    /** @param kinds where the section's defaults stand below {@code hopline.defaults} */
    AskedKeys(Set<String> kinds) {
        this.kinds = new LinkedHashSet<>(kinds);
    }

    /** The section has defaults at one more place. */
    void readAs(String kind) {
        kinds.add(kind);
    }

    /** Where the defaults of a section of this one stand. */
    Set<String> kindsOf(String key, String ownKind) {
        Set<String> below = new LinkedHashSet<>();
        kinds.forEach(kind -> below.add(kind.isEmpty() ? key : kind + "." + key));
        if (!ownKind.isEmpty()) {
            below.add(ownKind);
        }
        return below;
    }

    /** Adds the keys of this section and of those below, by their kinds. */
    void addTo(Map<String, Set<String>> byKind) {
        kinds.forEach(kind -> byKind.computeIfAbsent(kind, k -> new TreeSet<>()).addAll(asked.keySet()));
        sections().forEach(section -> section.asked.addTo(byKind));
    }

    /** Adds why keys of this section and of those below can't be used, by their kinds. */
    void addUnusableTo(Map<String, Map<String, String>> byKind) {
        kinds.forEach(kind -> byKind.computeIfAbsent(kind, k -> new TreeMap<>()).putAll(unusable));
        sections().forEach(section -> section.asked.addUnusableTo(byKind));
    }

    void add(String key) {
        asked.putIfAbsent(key, Optional.empty());
    }

    /** The section that was asked for by this key before, else a new one. */
    Settings section(String key, Supplier<Settings> made) {
        Settings section = asked.getOrDefault(key, Optional.empty()).orElseGet(made);
        asked.put(key, Optional.of(section));
        return section;
    }

    /** Something is wrong with what stands there. */
    void addUnsound(String key) {
        asked.putIfAbsent(key, Optional.empty());
        unsound.add(key);
    }

    boolean isSound(String key) {
        return !unsound.contains(key);
    }

    /** Says why a key can't be used, should nobody ask for it. */
    void unusable(String key, String why) {
        unusable.put(key, why);
    }

    /** What there is against a key that stands in the section; empty for one that was asked for. */
    Optional<String> objection(String key) {
        if (asked.containsKey(key)) {
            return Optional.empty();
        }
        String why = unusable.get(key);
        return Optional.of(why != null ? why : "unknown key" + DidYouMean.suffix(key, asked.keySet()));
    }

    /** The sections asked for. */
    Stream<Settings> sections() {
        return asked.values().stream().flatMap(Optional::stream);
    }

    /** All keys in the order of asking, those of sections with a dot. */
    List<String> all() {
        List<String> keys = new ArrayList<>();
        asked.forEach((key, section) -> {
            keys.add(key);
            section.ifPresent(s -> s.askedKeys().forEach(k -> keys.add(key + "." + k)));
        });
        return keys;
    }
}
