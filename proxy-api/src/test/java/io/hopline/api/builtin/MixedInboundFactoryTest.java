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
import io.hopline.api.settings.Problems;
import io.hopline.api.settings.Settings;
import io.hopline.api.users.Users;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class MixedInboundFactoryTest {
    private final Map<String, InboundFactory> types = new LinkedHashMap<>();

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
        Config root = ConfigFactory.parseString("""
                hopline.defaults {
                  inbound.mixed { recognition-timeout = 10s }
                  inbound.alpha { greeting = hello from alpha }
                  inbound.bare { greeting = hello from bare }
                  inbound.zeta { greeting = hello from zeta }
                }
                """);
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
            boolean users = Users.read(settings).isPresent();
            return new Read(settings.string("greeting"), knowsUsers && users);
        }

        @Override
        public Optional<Recognizer> recognizer() {
            return Optional.of(first -> Match.NO);
        }

        private record Read(String greeting, boolean authenticates) implements Entry {
            @Override
            public Inbound to(Outbound outbound) {
                return (client, session) -> client.close();
            }
        }
    }
}
