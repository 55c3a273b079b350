package io.hopline.api.builtin;

import io.hopline.api.Entry;
import io.hopline.api.InboundFactory;
import io.hopline.api.Recognizer;
import io.hopline.api.builtin.MixedEntry.Part;
import io.hopline.api.settings.DidYouMean;
import io.hopline.api.settings.Settings;
import jakarta.inject.Inject;
import jakarta.inject.Provider;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** Reads {@code mixed}: each protocol on the port reads the same settings, with its own defaults. */
public final class MixedInboundFactory implements InboundFactory {
    private static final String PROTOCOLS = "protocols";

    private final Provider<Map<String, InboundFactory>> types;

    /** @param types all inbound types; this one is among them, so they are only there later */
    @Inject
    public MixedInboundFactory(Provider<Map<String, InboundFactory>> types) {
        this.types = types;
    }

    @Override
    public Entry read(Settings settings) {
        Duration timeout = settings.duration("recognition-timeout");
        boolean chosen = settings.has(PROTOCOLS);
        SortedMap<String, InboundFactory> recognizable = recognizable();
        Set<String> names = chosen ? chosen(settings, recognizable.keySet()) : recognizable.keySet();
        List<Part> parts = new ArrayList<>();
        for (String name : names) {
            InboundFactory factory = recognizable.get(name);
            if (factory != null) {
                Recognizer recognizer = factory.recognizer().orElseThrow();
                parts.add(new Part(name, recognizer, factory.read(settings.as("inbound." + name))));
            }
        }
        if (names.isEmpty()) {
            settings.problem(PROTOCOLS, "names no protocol that a client could speak here");
        }
        return new MixedEntry(authenticating(parts, chosen, settings), timeout);
    }

    private Set<String> chosen(Settings settings, Set<String> recognizable) {
        Set<String> names = new LinkedHashSet<>(settings.strings(PROTOCOLS));
        for (String name : names) {
            if (!recognizable.contains(name)) {
                String what = types.get().containsKey(name)
                        ? "\"" + name + "\" can't be told by its first bytes; "
                        : "there is no inbound type \"" + name + "\"; ";
                settings.problem(PROTOCOLS, what + DidYouMean.hint(name, recognizable));
            }
        }
        return names;
    }

    /** Where some protocols ask for a password, one that can't would let everybody in. */
    private static List<Part> authenticating(List<Part> parts, boolean chosen, Settings settings) {
        List<Part> asking =
                parts.stream().filter(part -> part.entry().authenticates()).toList();
        if (asking.isEmpty() || asking.size() == parts.size()) {
            return parts;
        }
        if (chosen) {
            parts.stream()
                    .filter(part -> !part.entry().authenticates())
                    .forEach(part -> settings.problem(
                            PROTOCOLS, part.type() + " can't ask for a password as the others do; leave it out"));
        }
        return asking;
    }

    private SortedMap<String, InboundFactory> recognizable() {
        SortedMap<String, InboundFactory> recognizable = new TreeMap<>();
        types.get().forEach((type, factory) -> {
            if (factory.recognizer().isPresent()) {
                recognizable.put(type, factory);
            }
        });
        return recognizable;
    }
}
