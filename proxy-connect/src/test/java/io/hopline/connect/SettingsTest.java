package io.hopline.connect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hopline.api.InboundFactory;
import io.hopline.api.ProtocolModule;
import io.hopline.api.settings.Settings;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.ServiceLoader;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

final class SettingsTest {

    @Test
    void documentsEveryKeyThatIsAskedFor() throws Exception {
        documents("inbound.connect", "", ConnectEntry::read);
        documents("outbound.connect", "server = p, auth { user = u, password = p }", ConnectHop::read);
    }

    private static void documents(String kind, String hocon, Consumer<Settings> reader) throws Exception {
        List<String> asked = Settings.read(kind, hocon, settings -> {
            reader.accept(settings);
            return settings.askedKeys();
        });
        try (InputStream in = Objects.requireNonNull(SettingsTest.class.getResourceAsStream("/reference.conf"))) {
            String all = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            String documented = all.substring(all.indexOf("\n  " + kind + " {"));
            assertThat(asked)
                    .isNotEmpty()
                    .allSatisfy(key ->
                            assertThat(documented).contains(" " + key.substring(key.lastIndexOf('.') + 1) + " "));
        }
    }

    @Test
    void isFoundAndOffersBothSides() {
        assertThat(ServiceLoader.load(ProtocolModule.class).stream().map(ServiceLoader.Provider::type))
                .contains(ConnectModule.class);
        assertThat(new ConnectInboundFactory().recognizer())
                .as("HTTP as a whole shares ports")
                .isEmpty();
        assertThat(ConnectEntry.create().authenticates()).isFalse();
    }

    @Test
    void saysWhichSizeIsWrong() {
        InboundFactory factory = new ConnectInboundFactory();
        assertThatThrownBy(
                        () -> Settings.read("inbound.connect", "max-start-line = 5, realm = \"a\\\"b\"", factory::read))
                .hasMessageContaining("inbound.connect.max-start-line: expected a size from 64B to 1MiB")
                .hasMessageContaining("inbound.connect.realm: expected printable ASCII");
    }

    @Test
    void refusesAUserWhoCouldNeverLogIn() {
        assertThatThrownBy(() -> Settings.read(
                        "inbound.connect", "users { alice = secret, \"a:b\" = secret }", ConnectEntry::read))
                .hasMessageEndingWith(
                        "inbound.connect.users.a:b: Basic authentication has no colon in a user's name, so"
                                + " this one could never log in; choose another, or serve it by type = socks5 alone");
    }
}
