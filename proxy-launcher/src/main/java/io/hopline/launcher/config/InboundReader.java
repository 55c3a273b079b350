package io.hopline.launcher.config;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigValue;
import io.hopline.api.Entry;
import io.hopline.api.HostPort;
import io.hopline.api.InboundFactory;
import io.hopline.api.settings.DidYouMean;
import io.hopline.api.settings.Problems;
import io.hopline.api.settings.Settings;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/** Reads inbounds; what their protocols know of is read by them. */
final class InboundReader {

    private static final String LISTEN = "listen";

    private final Config root;
    private final Map<String, InboundFactory> types;
    private final ChainReader chains;
    private final Problems problems;
    private final Map<String, String> names = new HashMap<>();
    private final Map<HostPort, String> addresses = new HashMap<>();

    InboundReader(Config root, Map<String, InboundFactory> types, ChainReader chains, Problems problems) {
        this.root = root;
        this.types = types;
        this.chains = chains;
        this.problems = problems;
    }

    /** The inbound; empty if it has problems that leave nothing of it. */
    Optional<InboundPlan> read(ConfigValue value, String path) {
        if (!(value instanceof ConfigObject object)) {
            problems.add(value.origin(), path, "expected an inbound: { type = …, listen = \"host:port\" }");
            return Optional.empty();
        }
        ConfigValue named = object.get("type");
        String type = named != null && named.unwrapped() instanceof String text ? text : "";
        Settings settings = Settings.of(object, path, "inbound." + type, root, problems);
        List<HostPort> listen = listen(settings);
        String name = name(settings, type, listen);
        listen.forEach(address -> claim(address, name, settings));
        NamedChain outbound = settings.value("outbound")
                .map(chain -> chains.read(chain, path + ".outbound"))
                .orElse(NamedChain.DIRECT);
        boolean open = settings.has("open") && settings.flag("open");
        InboundFactory factory = types.get(type);
        if (factory == null) {
            settings.problem(
                    "type",
                    type.isEmpty()
                            ? "missing; expected one of " + String.join(", ", new TreeSet<>(types.keySet()))
                            : "there is no inbound type \"" + type + "\"; " + DidYouMean.hint(type, types.keySet()));
            return Optional.empty();
        }
        settings.string("type");
        Entry entry = factory.read(settings);
        settings.reportUnknown();
        if (!open && !entry.authenticates() && !listen.stream().allMatch(Exposure::isLoopback)) {
            settings.problem(LISTEN, Exposure.REFUSAL);
        }
        return Optional.of(new InboundPlan(name, type, listen, entry, outbound));
    }

    private List<HostPort> listen(Settings settings) {
        List<String> texts = settings.strings(LISTEN);
        if (texts.isEmpty()) {
            settings.problem(LISTEN, "missing; expected host:port, or a port of 127.0.0.1, or a list of those");
        }
        List<HostPort> addresses = new ArrayList<>();
        for (String text : texts) {
            try {
                boolean port = !text.isEmpty() && text.chars().allMatch(c -> c >= '0' && c <= '9');
                addresses.add(HostPort.parse(port ? "127.0.0.1:" + text : text));
            } catch (IllegalArgumentException e) {
                settings.problem(
                        LISTEN, "expected host:port, or a port of 127.0.0.1, got \"" + text + "\": " + e.getMessage());
            }
        }
        return addresses;
    }

    private String name(Settings settings, String type, List<HostPort> listen) {
        String name = settings.optionalString("name").orElse(listen.isEmpty() ? type : type + "@" + listen.get(0));
        if (name.isEmpty()) {
            settings.problem("name", "expected a name, or none at all");
        } else if (names.putIfAbsent(name, name) != null) {
            settings.problem("name", "another inbound is named \"" + name + "\"; give each a name of its own");
        }
        return name;
    }

    private void claim(HostPort address, String name, Settings settings) {
        addresses.keySet().stream()
                .filter(other -> Exposure.collide(address, other))
                .findFirst()
                .ifPresent(other -> settings.problem(
                        LISTEN, "inbound \"" + addresses.get(other) + "\" listens on " + other + " already"));
        addresses.putIfAbsent(address, name);
    }
}
