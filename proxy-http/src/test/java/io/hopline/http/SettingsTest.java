package io.hopline.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hopline.api.InboundFactory;
import io.hopline.api.ProtocolModule;
import io.hopline.api.Recognizer;
import io.hopline.api.settings.Settings;
import io.netty.buffer.Unpooled;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.ServiceLoader;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class SettingsTest {

    @Test
    void documentsEveryKeyThatIsAskedFor() throws Exception {
        documents("inbound.http", "", HttpEntry::read);
        documents("outbound.http", "server = p, auth { user = u, password = p }", HttpHop::read);
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
                .contains(HttpModule.class);
        assertThat(new HttpInboundFactory().recognizer()).isPresent();
        assertThat(HttpEntry.create().authenticates()).isFalse();
    }

    /** By its name an inbound knows what comes back: two of one name would each take the other's requests for a loop. */
    @Test
    void givesEachInboundALongNameOfItsOwn() {
        String one = HttpEntry.create().via();
        assertThat(one)
                .matches("hopline-[0-9a-f]{16}")
                .isNotEqualTo(HttpEntry.create().via());
    }

    @Test
    void saysWhichSizeIsWrong() {
        InboundFactory factory = new HttpInboundFactory();
        assertThatThrownBy(() -> Settings.read("inbound.http", "max-start-line = 5, via = \"a b\"", factory::read))
                .hasMessageContaining("inbound.http.max-start-line: expected a size from 64B to 1MiB")
                .hasMessageContaining("inbound.http.via: expected a name");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({"GET /,YES", "OPTIONS *,YES", "CONNECT h:1,YES", "GE,MORE", "get /,NO", "16,NO"})
    void knowsHttpByItsFirstBytes(String first, Recognizer.Match match) {
        assertThat(new HttpRecognizer().match(Unpooled.copiedBuffer(first, StandardCharsets.US_ASCII)))
                .isEqualTo(match);
    }
}
