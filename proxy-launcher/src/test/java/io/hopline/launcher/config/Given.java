package io.hopline.launcher.config;

import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigParseOptions;
import io.hopline.api.Entry;
import io.hopline.api.Hop;
import io.hopline.api.HopRef;
import io.hopline.api.HostPort;
import io.hopline.api.Inbound;
import io.hopline.api.InboundFactory;
import io.hopline.api.Outbound;
import io.hopline.api.PacketOutbound;
import io.hopline.api.builtin.BlockOutboundFactory;
import io.hopline.api.builtin.DirectOutboundFactory;
import io.hopline.api.settings.Credentials;
import io.hopline.api.settings.InvalidSettingsException;
import io.hopline.api.settings.Problem;
import io.hopline.api.settings.Settings;
import io.hopline.launcher.plugins.Plugins;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.assertj.core.api.Assertions;
import org.assertj.core.api.ThrowableAssert;

/** Config texts read with made-up protocols: what is tested here must not depend on the real ones. */
final class Given {

    static final Plugins PLUGINS = new Plugins(
            Map.of(
                    "plain",
                    (InboundFactory) TestEntry::read,
                    "guarded",
                    TestEntry::read,
                    "fixed",
                    FixedEntry::read,
                    "unmade",
                    settings -> outbound -> {
                        throw new IllegalArgumentException("nothing comes of it");
                    }),
            Map.of(
                    "direct",
                    new DirectOutboundFactory(),
                    "block",
                    new BlockOutboundFactory(),
                    "alpha",
                    settings -> TestHop.read("alpha", settings),
                    "beta",
                    settings -> TestHop.read("beta", settings),
                    "http",
                    settings -> TestHop.read("http", settings)),
            Map.of("picky", inbound -> {
                throw new IllegalArgumentException("it carries no such inbound");
            }));

    private Given() {}

    /** What stands between the braces of {@code hopline}, as a good config. */
    static HoplineConfig config(String hopline) {
        return HoplineConfig.of(parsed(hopline), PLUGINS);
    }

    /** The problems of a config, its first line being line 1; each as {@code line: path: text}. */
    static List<String> problems(String hopline) {
        return problems(() -> HoplineConfig.of(parsed(hopline), PLUGINS));
    }

    /** The problems of a config file. */
    static List<String> problems(Path file) {
        return problems(() -> HoplineConfig.load(file, PLUGINS));
    }

    private static List<String> problems(ThrowableAssert.ThrowingCallable reading) {
        InvalidSettingsException refused = catchThrowableOfType(InvalidSettingsException.class, reading);
        Assertions.assertThat(refused).as("the config is refused").isNotNull();
        return refused.problems().stream().map(Problem::toString).toList();
    }

    /** The chain of an outbound that is declared as given. */
    static String chain(String declared) {
        return String.valueOf(
                config("outbounds { tried = " + declared + " }").outbounds().get("tried"));
    }

    private static com.typesafe.config.Config parsed(String hopline) {
        return ConfigFactory.parseString(
                "hopline { " + hopline + "\n}", ConfigParseOptions.defaults().setOriginDescription("given"));
    }

    /**
     * A hop with a server, credentials, a section {@code tls} and a list {@code names}, which can't have {@code datagrams}; {@code beta}
     * carries streams only.
     */
    record TestHop(String type, HostPort address, Optional<Credentials> auth, boolean tls, List<String> names)
            implements Hop {

        static TestHop read(String type, Settings settings) {
            Optional<Settings> tls = settings.section("tls");
            tls.ifPresent(section -> section.optionalString("sni"));
            settings.unusable("datagrams", "a hop of this type carries none: leave datagrams out");
            return new TestHop(
                    type,
                    settings.hostPort("server", 1080),
                    Credentials.read(settings),
                    tls.isPresent(),
                    settings.strings("names"));
        }

        @Override
        public Optional<HostPort> server() {
            return Optional.of(address);
        }

        @Override
        public Optional<String> objection(HostPort target) {
            return target.host().equals("unreachable.test")
                    ? Optional.of("that is not to its taste")
                    : Optional.empty();
        }

        @Override
        public Outbound over(Outbound via, HopRef at) {
            return type.equals("beta") ? (target, session) -> via.dial(target, session) : via;
        }

        @Override
        public String describe() {
            return (tls ? "tls+" : "") + type + "://" + address;
        }
    }

    /** An inbound with a target that no hop of these likes. */
    record FixedEntry(HostPort target) implements Entry {
        static FixedEntry read(Settings settings) {
            return new FixedEntry(
                    HostPort.parse(settings.optionalString("target").orElse("unreachable.test:80")));
        }

        @Override
        public Optional<HostPort> fixedTarget() {
            return Optional.of(target);
        }

        @Override
        public Inbound to(Outbound outbound) {
            return (client, session) -> client.close();
        }
    }

    /** An inbound that may have users, and datagrams for them. */
    record TestEntry(boolean authenticates, List<Need> needs) implements Entry {
        static TestEntry read(Settings settings) {
            return new TestEntry(
                    settings.has("users"),
                    settings.has("datagrams")
                            ? List.of(new Need(PacketOutbound.class, "datagrams", "carries none"))
                            : List.of());
        }

        @Override
        public Inbound to(Outbound outbound) {
            return (client, session) -> client.close();
        }
    }
}
