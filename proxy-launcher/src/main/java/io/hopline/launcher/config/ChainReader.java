package io.hopline.launcher.config;

import com.typesafe.config.ConfigList;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigOrigin;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueFactory;
import io.hopline.api.Chain;
import io.hopline.api.Hop;
import io.hopline.api.OutboundFactory;
import io.hopline.api.settings.DidYouMean;
import io.hopline.api.settings.Problems;
import io.hopline.api.settings.Settings;
import java.util.ArrayList;
import java.util.Collection;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Reads chains, whichever way they are written; names of other chains are followed, but not in circles. */
final class ChainReader {

    static final String DIRECT = "direct";
    static final String BLOCK = "block";
    /** Names that need no declaration. */
    static final Set<String> RESERVED = Set.of(DIRECT, BLOCK);

    private static final String EXPECTED =
            "expected a chain: a list of hops { type = … }, URLs such as socks5://host:port or names of other chains";

    private final ConfigObject declared;
    private final Types<OutboundFactory> types;
    private final Problems problems;
    private final Map<String, List<Hop>> known = new LinkedHashMap<>();
    private final Set<String> underway = new LinkedHashSet<>();
    /** HOCON puts the very same object wherever a chain is substituted: its hop is made, and its problems told, once. */
    private final IdentityHashMap<ConfigObject, List<Hop>> read = new IdentityHashMap<>();

    private @Nullable Hop direct;

    ChainReader(ConfigObject declared, Types<OutboundFactory> types, Problems problems) {
        this.declared = declared;
        this.types = types;
        this.problems = problems;
    }

    /** All declared chains by name. */
    Map<String, Chain> all() {
        Map<String, Chain> chains = new LinkedHashMap<>();
        declared.forEach((name, value) -> {
            String path = path(name);
            if (RESERVED.contains(name)) {
                problems.add(
                        value.origin(), path, "\"" + name + "\" is there without being declared; choose another name");
            } else if (!isName(name)) {
                problems.add(value.origin(), path, "a chain's name has no spaces and none of , : / @");
            }
            chains.put(name, chain(named(name, value.origin(), path), value.origin(), path));
        });
        return chains;
    }

    /** What an inbound sends its clients through. */
    NamedChain read(ConfigValue value, String path) {
        List<Hop> hops = hops(value, path);
        boolean named = value.unwrapped() instanceof String text && isName(text.strip());
        Chain chain = chain(hops, value.origin(), named ? "" : path);
        return named ? new NamedChain(value.unwrapped().toString().strip(), chain) : NamedChain.of(chain);
    }

    /** What opens the sockets beneath every chain. */
    Hop direct() {
        if (direct == null) {
            direct = hop(ConfigValueFactory.fromMap(Map.of("type", DIRECT)), DIRECT)
                    .get(0);
        }
        return direct;
    }

    private Chain chain(List<Hop> hops, ConfigOrigin origin, String path) {
        List<String> objections = Chain.objections(hops);
        Chain chain = objections.isEmpty() ? new Chain(hops) : Chain.of();
        if (!path.isEmpty()) { // Those of a chain that is only named were told where it is declared.
            objections.forEach(objection -> problems.add(origin, path, objection));
            chain.objections(direct())
                    .forEach(objection -> problems.add(
                            origin, path, objection + " (it is set in hopline.defaults.outbound." + DIRECT + ")"));
        }
        return chain;
    }

    private List<Hop> hops(ConfigValue value, String path) {
        return switch (value.valueType()) {
            case OBJECT -> hop((ConfigObject) value, path);
            case LIST -> list((ConfigList) value, path);
            case STRING -> text(value, path);
            default -> none(value.origin(), path, EXPECTED);
        };
    }

    private List<Hop> list(ConfigList list, String path) {
        List<Hop> hops = new ArrayList<>();
        for (int i = 0; i < list.size(); i++) {
            hops.addAll(hops(list.get(i), path + "." + i));
        }
        return hops;
    }

    private List<Hop> text(ConfigValue value, String path) {
        List<Hop> hops = new ArrayList<>();
        String[] words = String.valueOf(value.unwrapped()).split(",", -1);
        for (int i = 0; i < words.length; i++) {
            String word = words[i].strip();
            String at = words.length == 1 ? path : path + "." + i;
            if (HopUrl.isUrl(word)) {
                hops.addAll(url(word, value.origin(), at));
            } else if (isName(word)) {
                hops.addAll(named(word, value.origin(), at));
            } else {
                hops.addAll(none(value.origin(), at, EXPECTED));
            }
        }
        return hops;
    }

    private List<Hop> url(String url, ConfigOrigin origin, String path) {
        try {
            return hop(HopUrl.settings(url, origin), path);
        } catch (IllegalArgumentException e) {
            return none(origin, path, String.valueOf(e.getMessage()));
        }
    }

    private List<Hop> named(String name, ConfigOrigin origin, String path) {
        if (name.equals(DIRECT)) {
            return List.of();
        }
        if (name.equals(BLOCK)) {
            return hop(ConfigValueFactory.fromMap(Map.of("type", BLOCK)).withOrigin(origin), path);
        }
        ConfigValue value = declared.get(name);
        if (value == null) {
            return none(origin, path, "no chain is named \"" + name + "\"; " + DidYouMean.hint(name, names()));
        }
        List<Hop> hops = known.get(name);
        if (hops != null) {
            return hops;
        }
        if (!underway.add(name)) {
            return none(origin, path, "the chain contains itself: " + String.join(" -> ", circle(name)));
        }
        hops = List.copyOf(hops(value, path(name)));
        underway.remove(name);
        known.put(name, hops);
        return hops;
    }

    private List<String> circle(String name) {
        List<String> names = new ArrayList<>(underway);
        List<String> circle = new ArrayList<>(names.subList(names.indexOf(name), names.size()));
        circle.add(name);
        return circle;
    }

    private List<Hop> hop(ConfigObject object, String path) {
        List<Hop> before = read.get(object);
        if (before == null) {
            before = newHop(object, path);
            read.put(object, before);
        }
        return before;
    }

    private List<Hop> newHop(ConfigObject object, String path) {
        Settings settings = types.settings(object, path);
        Optional<OutboundFactory> factory = types.factory(object, settings);
        if (factory.isEmpty()) {
            return List.of();
        }
        Hop hop = factory.get().read(settings);
        settings.reportUnknown();
        return List.of(hop);
    }

    private List<Hop> none(ConfigOrigin origin, String path, String text) {
        problems.add(origin, path, text);
        return List.of();
    }

    private Collection<String> names() {
        Set<String> names = new TreeSet<>(declared.keySet());
        names.addAll(RESERVED);
        return names;
    }

    private static String path(String name) {
        return "hopline.outbounds." + name;
    }

    private static boolean isName(String word) {
        return !word.isEmpty() && word.chars().noneMatch(c -> Character.isWhitespace(c) || ",:/@".indexOf(c) >= 0);
    }
}
