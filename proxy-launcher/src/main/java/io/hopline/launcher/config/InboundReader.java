package io.hopline.launcher.config;

import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigValue;
import io.hopline.api.AlpnProtocol;
import io.hopline.api.Entry;
import io.hopline.api.Hop;
import io.hopline.api.HostPort;
import io.hopline.api.InboundFactory;
import io.hopline.api.Outbound;
import io.hopline.api.guard.GuardSettings;
import io.hopline.api.guard.InboundGuard;
import io.hopline.api.settings.Problems;
import io.hopline.api.settings.Settings;
import io.hopline.api.transport.InboundLayers;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads inbounds; what their protocols know of is read by them. */
final class InboundReader {

    /** What every inbound may say, and no protocol reads. */
    static final List<String> KEYS = List.of("type", "name", "listen", "outbound", "open");

    private static final String LISTEN = "listen";

    private static final Outbound NOWHERE = (target, session) -> session.loop().newPromise();

    private final Types<InboundFactory> types;
    private final Map<String, AlpnProtocol> alpn;
    private final ChainReader chains;
    private final Hop direct;
    private final Problems problems;
    private final Map<String, String> names = new HashMap<>();
    private final Map<HostPort, String> addresses = new HashMap<>();

    /** @param direct what opens the sockets beneath every chain */
    InboundReader(
            Types<InboundFactory> types,
            Map<String, AlpnProtocol> alpn,
            ChainReader chains,
            Hop direct,
            Problems problems) {
        this.alpn = alpn;
        this.types = types;
        this.chains = chains;
        this.direct = direct;
        this.problems = problems;
    }

    /** The inbound; empty if it has problems that leave nothing of it. */
    Optional<InboundPlan> read(ConfigValue value, String path) {
        if (!(value instanceof ConfigObject object)) {
            problems.add(value.origin(), path, "expected an inbound: { type = …, listen = \"host:port\" }");
            return Optional.empty();
        }
        String type = Types.type(object);
        Settings settings = types.settings(object, path);
        List<HostPort> listen = listen(settings);
        String name = name(settings, type, listen);
        listen.forEach(address -> claim(address, name, settings));
        NamedChain outbound = settings.value("outbound")
                .map(chain -> chains.read(chain, path + ".outbound"))
                .orElse(NamedChain.DIRECT);
        boolean open = settings.has("open") && settings.flag("open");
        Optional<InboundFactory> factory = types.factory(object, settings);
        if (factory.isEmpty()) {
            return Optional.empty();
        }
        Entry entry = factory.get().read(settings);
        InboundLayers layers = InboundLayers.read(settings, alpn, entry.alpn().toArray(String[]::new));
        GuardSettings guard = GuardSettings.read(settings);
        settings.reportUnknown();
        InboundPlan plan = new InboundPlan(name, type, listen, layers, guard, entry, outbound);
        check(plan, open, settings);
        return Optional.of(plan);
    }

    private void check(InboundPlan plan, boolean open, Settings settings) {
        if (!open && plan.servesEverybody()) {
            settings.problem(LISTEN, Exposure.REFUSAL);
        }
        plan.unmet(direct).forEach(settings::problem);
        plan.objection().ifPresent(objection -> settings.problem("outbound", objection));
        try {
            // An ALPN protocol that can't carry this inbound says so when it is put in front of it.
            plan.to(NOWHERE, new InboundGuard(plan.guard()));
        } catch (IllegalArgumentException e) {
            String why = String.valueOf(e.getMessage());
            settings.section("tls")
                    .ifPresentOrElse(tls -> tls.problem("alpn", why), () -> settings.problem("type", why));
        }
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
        if (listen.isEmpty() && !settings.has("name")) {
            return type; // What it would be named after is missing, and that is told.
        }
        String name = settings.optionalString("name").orElseGet(() -> type + "@" + listen.get(0));
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
