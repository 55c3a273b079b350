package io.hopline.api.builtin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import io.hopline.api.Entry;
import io.hopline.api.Inbound;
import io.hopline.api.InboundFactory;
import io.hopline.api.Outbound;
import io.hopline.api.Recognizer;
import io.hopline.api.Recognizer.Match;
import io.hopline.api.Session;
import io.hopline.api.SessionObserver;
import io.hopline.api.settings.Problems;
import io.hopline.api.settings.Settings;
import io.hopline.api.users.Users;
import io.hopline.api.users.Users.Answer;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.util.concurrent.Future;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class MixedInboundFactoryTest {
    private static final int FREE_GUESSES = 10;
    private static final EmbeddedChannel CLIENT = new EmbeddedChannel();

    private final Map<String, InboundFactory> types = new LinkedHashMap<>();
    private String defaults = """
            hopline.defaults {
              inbound.mixed { recognition-timeout = 10s }
              inbound.alpha { greeting = hello from alpha }
              inbound.bare { greeting = hello from bare }
              inbound.zeta { greeting = hello from zeta }
            }
            """;

    MixedInboundFactoryTest() {
        types.put("zeta", new Fake(true));
        types.put("alpha", new Fake(true));
        types.put("bare", new Fake(false));
        types.put("tcp", new TcpInboundFactory());
    }

    @Test
    void servesAllThatCanBeToldApart() {
        assertThat(read("").parts()).extracting(MixedEntry.Part::type).containsExactly("alpha", "bare", "zeta");
    }

    @Test
    void servesTheNamedOnesInTheirOrder() {
        assertThat(read("protocols = [zeta, alpha]").parts())
                .extracting(MixedEntry.Part::type)
                .containsExactly("zeta", "alpha");
    }

    @Test
    void givesEachProtocolItsOwnDefaultsAndTheSameSettings() {
        assertThat(read("").parts())
                .extracting(part -> ((Fake.Read) part.entry()).greeting())
                .containsExactly("hello from alpha", "hello from bare", "hello from zeta");
        assertThat(read("greeting = hi").parts())
                .extracting(part -> ((Fake.Read) part.entry()).greeting())
                .containsExactly("hi", "hi", "hi");
    }

    @Test
    void authenticatesWhenAllItsProtocolsDo() {
        assertThat(read("").authenticates()).isFalse();
        MixedEntry entry = read("users { alice = wonderland }");
        assertThat(entry.authenticates()).isTrue();
        assertThat(entry.parts()).extracting(MixedEntry.Part::type).containsExactly("alpha", "zeta");
    }

    @Test
    void countsWrongPasswordsOnAllItsProtocolsTogether() {
        List<Users> users = users(read("users { alice = wonderland }"));
        assertThat(users).hasSize(2);
        for (int i = 0; i <= FREE_GUESSES; i++) {
            assertThat(guess(users.get(i % 2)).getNow()).isEqualTo(Answer.WRONG);
        }
        assertThat(users).allMatch(each -> !guess(each).isDone());
    }

    @Test
    void letsNobodyInWhomTheDefaultsNameForAnotherProtocol(@TempDir Path folder) throws IOException {
        Path alphas = Files.writeString(folder.resolve("alphas"), "alice:{SHA}tiY7sUhYKUwI5L3866kDY+ENcrQ=");
        Path zetas = Files.writeString(folder.resolve("zetas"), "zoe:{SHA}tiY7sUhYKUwI5L3866kDY+ENcrQ=");
        defaults += "hopline.defaults.inbound { alpha.users-file = \"%s\", zeta.users-file = \"%s\" }"
                .formatted(alphas, zetas);
        assertThat(users(read("")))
                .extracting(users ->
                        users.check("zoe", "wonderland", CLIENT.eventLoop()).getNow())
                .containsExactly(Answer.WRONG, Answer.RIGHT);
    }

    private static Future<Answer> guess(Users users) {
        return users.check(
                "alice",
                "guess",
                Session.of(
                        "test",
                        "direct",
                        InetSocketAddress.createUnresolved("192.0.2.1", 1),
                        CLIENT.eventLoop(),
                        SessionObserver.NONE));
    }

    private static List<Users> users(MixedEntry entry) {
        return entry.parts().stream()
                .map(part -> ((Fake.Read) part.entry()).users().orElseThrow())
                .toList();
    }

    @Test
    void refusesAProtocolThatWouldLetUsersInUnasked() {
        assertThatThrownBy(() -> read("protocols = [alpha, bare], users { alice = wonderland }"))
                .hasMessageEndingWith("protocols: bare can't ask for a password as the others do; leave it out");
    }

    @Test
    void takesPlainClientsBesideTls() {
        assertThat(read("").servesPlainBesideTls()).isTrue();
    }

    @Test
    void tellsWhichProtocolWasMeant() {
        assertThatThrownBy(() -> read("protocols = [alhpa]"))
                .hasMessageEndingWith("protocols: there is no inbound type \"alhpa\"; did you mean \"alpha\"?");
    }

    @Test
    void tellsThatAProtocolCannotBeToldApart() {
        assertThatThrownBy(() -> read("protocols = [alpha, tcp]"))
                .hasMessageEndingWith("\"tcp\" can't be told by its first bytes; known: alpha, bare, zeta");
    }

    @Test
    void wantsAtLeastOneProtocol() {
        assertThatThrownBy(() -> read("protocols = []"))
                .hasMessageEndingWith("protocols: names no protocol that a client could speak here");
    }

    @Test
    void tellsAProblemOfAllItsProtocolsOnce() {
        assertThatThrownBy(() -> read("greeting = { }"))
                .hasMessageEndingWith("greeting: expected a text")
                .message()
                .hasLineCount(1);
    }

    @Test
    void tellsOfKeysThatNoneOfItsProtocolsKnows() {
        assertThatThrownBy(() -> read("greetign = hi"))
                .hasMessageEndingWith("greetign: unknown key; did you mean \"greeting\"?");
    }

    private MixedEntry read(String hocon) {
        Config root = ConfigFactory.parseString(defaults);
        Problems problems = new Problems();
        Settings settings = Settings.of(
                ConfigFactory.parseString(hocon).root(), "hopline.inbounds.0", "inbound.mixed", root, problems);
        Entry entry = new MixedInboundFactory(() -> types).read(settings);
        settings.reportUnknown();
        problems.throwIfAny();
        return (MixedEntry) entry;
    }

    /** A protocol that can be recognized. */
    private record Fake(boolean knowsUsers) implements InboundFactory {
        @Override
        public Entry read(Settings settings) {
            Optional<Users> users = Users.read(settings);
            return new Read(settings.string("greeting"), knowsUsers ? users : Optional.empty());
        }

        @Override
        public Optional<Recognizer> recognizer() {
            return Optional.of(first -> Match.NO);
        }

        private record Read(String greeting, Optional<Users> users) implements Entry {
            @Override
            public boolean authenticates() {
                return users.isPresent();
            }

            @Override
            public Inbound to(Outbound outbound) {
                return (client, session) -> client.close();
            }
        }
    }
}
