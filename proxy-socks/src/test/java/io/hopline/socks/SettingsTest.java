package io.hopline.socks;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.hopline.api.Chain;
import io.hopline.api.Entry;
import io.hopline.api.Hop;
import io.hopline.api.HopRef;
import io.hopline.api.HostPort;
import io.hopline.api.Outbound;
import io.hopline.api.PacketOutbound;
import io.hopline.api.PassiveOutbound;
import io.hopline.api.Session;
import io.hopline.api.builtin.DirectOutbound;
import io.hopline.api.settings.Credentials;
import io.hopline.api.settings.InvalidSettingsException;
import io.hopline.api.settings.Secret;
import io.hopline.api.settings.Settings;
import io.hopline.api.transport.Layer;
import io.netty.channel.Channel;
import io.netty.util.concurrent.Future;
import java.io.InputStream;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What the config's words come to. */
class SettingsTest {

    private static final HostPort SERVER = HostPort.parse("proxy.example:1080");

    @Test
    void readsASocks5Hop() {
        Socks5Hop hop = Settings.read(
                "outbound.socks5",
                "server = proxy.example, auth { user = alice, password = secret }, handshake-timeout = 500ms",
                Socks5Hop::read);
        assertThat(hop.server()).hasValue(SERVER);
        assertThat(hop.auth()).hasValue(new Credentials("alice", new Secret("secret")));
        assertThat(hop.timeout()).isEqualTo(Duration.ofMillis(500));
        assertThat(hop.describe()).isEqualTo("socks5://proxy.example:1080");
    }

    @Test
    void readsASocks4Hop() {
        Socks4Hop hop = Settings.read(
                "outbound.socks4", "server = \"10.0.0.5:1081\", auth { user = me }", s -> Socks4Hop.read(s, false));
        assertThat(hop.server()).hasValue(HostPort.parse("10.0.0.5:1081"));
        assertThat(hop.userId()).isEqualTo("me");
        assertThat(hop.describe()).isEqualTo("socks4://10.0.0.5:1081");
    }

    @Test
    void readsASocks4aHopWithThePasswordThatAUrlLeavesEmpty() {
        Socks4Hop hop = Settings.read(
                "outbound.socks4a",
                "server = proxy.example, auth { user = me, password = \"\" }",
                s -> Socks4Hop.read(s, true));
        assertThat(hop.userId()).isEqualTo("me");
        assertThat(hop.describe()).isEqualTo("socks4a://proxy.example:1080");
    }

    @Test
    void takesTheDefaultsForHopsMadeInJava() {
        assertThat(Socks5Hop.to(SERVER).timeout()).isEqualTo(Duration.ofSeconds(30));
        assertThat(Socks4Hop.to(SERVER).timeout()).isEqualTo(Duration.ofSeconds(30));
        assertThat(Socks4Hop.to(SERVER).type()).isEqualTo("socks4");
        assertThat(Socks4Hop.withNamesTo(SERVER).type()).isEqualTo("socks4a");
        assertThat(Socks5Entry.create().timeout()).isEqualTo(Duration.ofSeconds(10));
        assertThat(Socks4Entry.create().timeout()).isEqualTo(Duration.ofSeconds(10));
    }

    @Test
    void showsNoPassword() {
        assertThat(Socks5Hop.to(SERVER).withAuth("alice", "secret"))
                .asString()
                .contains("alice")
                .doesNotContain("secret");
    }

    @Test
    void authenticatesOnlyWithUsers() {
        Socks5Entry users = Settings.read("inbound.socks5", "users { alice = secret }", Socks5Entry::read);
        assertThat(users.authenticates()).isTrue();
        assertThat(Socks5Entry.create().authenticates()).isFalse();
        assertThat(Socks4Entry.create().authenticates()).isFalse();
    }

    static Stream<Arguments> problems() {
        Function<Settings, Object> socks4 = s -> Socks4Hop.read(s, false);
        String tooLong = "x".repeat(256);
        return Stream.of(
                arguments(
                        "outbound.socks5",
                        (Function<Settings, Object>) Socks5Hop::read,
                        "server = p, auth { user = \"\", password = x }",
                        "outbound.socks5.auth.user: SOCKS5 has room for 1 to 255 bytes here"),
                arguments(
                        "outbound.socks5",
                        (Function<Settings, Object>) Socks5Hop::read,
                        "server = p, auth { user = x, password = " + tooLong + " }",
                        "outbound.socks5.auth.password: SOCKS5 has room for 1 to 255 bytes here"),
                arguments(
                        "outbound.socks5",
                        (Function<Settings, Object>) Socks5Hop::read,
                        "server = p, auth { user = x, password = \"" + "ü".repeat(128) + "\" }",
                        "outbound.socks5.auth.password: SOCKS5 has room for 1 to 255 bytes here"),
                arguments(
                        "outbound.socks5",
                        (Function<Settings, Object>) Socks5Hop::read,
                        "server = p, auth { user = x }",
                        "outbound.socks5.auth.password: missing"),
                arguments(
                        "outbound.socks4",
                        socks4,
                        "server = p, auth { user = x, password = y }",
                        "outbound.socks4.auth.password: SOCKS4 has no passwords: take type = socks5, or leave the"
                                + " password out"),
                arguments(
                        "outbound.socks4",
                        socks4,
                        "server = p, auth { user = " + tooLong + " }",
                        "outbound.socks4.auth.user: SOCKS4 takes a user id of at most 255 bytes without NUL"),
                arguments(
                        "inbound.socks4",
                        (Function<Settings, Object>) Socks4Entry::read,
                        "users { alice = secret }",
                        "inbound.socks4.users: SOCKS4 has no passwords, so it can't tell users: take type = socks5, or"
                                + " leave users out"),
                arguments(
                        "inbound.socks4",
                        (Function<Settings, Object>) Socks4Entry::read,
                        "users-file = htpasswd",
                        "inbound.socks4.users-file: SOCKS4 has no passwords, so it can't tell users: take type ="
                                + " socks5, or leave users-file out"));
    }

    @ParameterizedTest(name = "{3}")
    @MethodSource("problems")
    void tellsWhatIsWrong(String kind, Function<Settings, Object> reader, String hocon, String problem) {
        assertThatExceptionOfType(InvalidSettingsException.class)
                .isThrownBy(() -> Settings.read(kind, hocon, reader))
                .satisfies(e -> assertThat(e.problems()).hasSize(1))
                .withMessageContaining(problem)
                .withMessageNotContaining("secret");
    }

    @Test
    void takesNoHopThatItCouldNotSpeakFor() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Socks5Hop.to(SERVER).withAuth("", "secret"));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Socks4Hop.to(SERVER).withUserId("a\0b"));
    }

    @Test
    void refusesAChainInWhichSocks4WouldHaveToCarryAName() {
        List<Hop> hops = List.of(Socks4Hop.to(HostPort.parse("10.0.0.5:1080")), Socks5Hop.to(SERVER));
        assertThat(Chain.objections(hops))
                .containsExactly("hop 2 (socks5 proxy.example:1080) can't be reached over hop 1 (socks4 10.0.0.5:1080):"
                        + " SOCKS4 can't carry names; use socks4a or socks5");
        assertThat(Chain.objections(List.of(Socks4Hop.withNamesTo(SERVER), Socks5Hop.to(SERVER))))
                .isEmpty();
    }

    @Test
    void carriesDatagramsThroughSocks5AloneAndNamesTheHopThatDoesNot() {
        Outbound direct = DirectOutbound.withDefaults();
        Hop plain = Socks5Hop.to(SERVER);
        Hop layered = Socks5Hop.to(SERVER).withLayers(new Layer() {
            @Override
            public Future<Channel> apply(Channel channel, HostPort to, Session session, HopRef at) {
                return session.loop().newSucceededFuture(channel);
            }

            @Override
            public String describe() {
                return "tls+";
            }
        });
        assertThat(Chain.of().lacking(PacketOutbound.class, direct)).isEmpty();
        assertThat(Chain.of(plain, plain).lacking(PacketOutbound.class, direct)).isEmpty();
        assertThat(Chain.of(plain, layered, plain).lacking(PacketOutbound.class, direct))
                .hasValue("hop 2 (socks5 proxy.example:1080)");
        assertThat(Chain.of(Socks4Hop.withNamesTo(SERVER), plain).lacking(PacketOutbound.class, direct))
                .hasValue("hop 1 (socks4a proxy.example:1080)");
    }

    @Test
    void waitsForPeersWhereTheLastHopIsSocks() {
        Outbound direct = DirectOutbound.withDefaults();
        assertThat(Chain.of().lacking(PassiveOutbound.class, direct)).isEmpty();
        assertThat(Chain.of(Socks4Hop.withNamesTo(SERVER)).lacking(PassiveOutbound.class, direct))
                .isEmpty();
        assertThat(Chain.of()
                        .lacking(
                                PassiveOutbound.class,
                                (target, session) -> session.loop().newPromise()))
                .hasValue("direct");
    }

    @Test
    void asksOfTheChainWhatItsClientsMayAskFor() {
        assertThat(Socks5Entry.create().needs()).isEmpty();
        Socks5Entry all = Settings.read("inbound.socks5", "udp = true, bind = true", Socks5Entry::read);
        assertThat(all.needs()).extracting(Entry.Need::key).containsExactly("udp", "bind");
        assertThat(all.udp()).hasValue(Duration.ofMinutes(5));
        assertThat(all.bind()).hasValue(Duration.ofMinutes(2));
    }

    static Stream<Arguments> everyType() {
        return Stream.of(
                arguments("inbound.socks4", "", (Function<Settings, Object>) Socks4Entry::read),
                arguments("inbound.socks5", "users { a = b }", (Function<Settings, Object>) Socks5Entry::read),
                arguments("outbound.socks4", "server = p, auth { user = a }", (Function<Settings, Object>)
                        s -> Socks4Hop.read(s, false)),
                arguments("outbound.socks4a", "server = p, auth { user = a }", (Function<Settings, Object>)
                        s -> Socks4Hop.read(s, true)),
                arguments("outbound.socks5", "server = p, auth { user = a, password = b }", (Function<Settings, Object>)
                        Socks5Hop::read));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("everyType")
    void documentsEveryKeyThatIsAskedFor(String kind, String hocon, Function<Settings, Object> reader)
            throws Exception {
        List<String> asked = Settings.read(kind, hocon, settings -> {
            assertThat(reader.apply(settings)).isNotNull();
            return settings.askedKeys();
        });
        String documented = documentation(kind);
        assertThat(asked)
                .isNotEmpty()
                .allSatisfy(key -> assertThat(documented)
                        .containsPattern("(?<![\\w-])" + key.substring(key.lastIndexOf('.') + 1) + "(?![\\w-])"));
    }

    /** What reference.conf says of everything, and of this kind. */
    private static String documentation(String kind) throws Exception {
        try (InputStream in = SettingsTest.class.getResourceAsStream("/reference.conf")) {
            List<String> blocks = Stream.of(new String(in.readAllBytes(), UTF_8).split("(?=\n  # \\{ type = )"))
                    .toList();
            return blocks.get(0)
                    + blocks.stream()
                            .filter(block -> block.contains("\n  " + kind + " {"))
                            .findFirst()
                            .orElseThrow();
        }
    }
}
