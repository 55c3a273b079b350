package io.hopline.http2;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import io.hopline.api.settings.InvalidSettingsException;
import io.hopline.api.settings.Problems;
import io.hopline.api.settings.Settings;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the config's words come to. */
class SettingsTest {

    @ParameterizedTest
    @CsvSource({"max-resets = 5, no resets of clients", "head-timeout = 5s, 'handshake-timeout, which bounds'"})
    void aHopIsRefusedWhatItCantHave(String setting, String why) {
        assertThatExceptionOfType(InvalidSettingsException.class)
                .isThrownBy(() -> Settings.read("outbound.http2", "server = a, " + setting, Http2Hop::read))
                .withMessageContaining("outbound.http2." + setting.replaceFirst(" .*", ": "))
                .withMessageContaining(why);
    }

    @Test
    void aHopGoesByTheDefaultsOfClientsSessions() {
        Config root = ConfigFactory.parseString(
                        "hopline.defaults.alpn.h2 { stall-timeout = 7s, max-resets = 5, head-timeout = 3s }")
                .withFallback(ConfigFactory.defaultReferenceUnresolved())
                .resolve();
        Problems problems = new Problems();
        Settings settings =
                Settings.of(ConfigFactory.parseString("server = a").root(), "hop", "outbound.http2", root, problems);

        Http2Hop hop = Http2Hop.read(settings);
        settings.reportUnknown();

        assertThat(problems.all()).isEmpty();
        assertThat(hop.session().stallTimeout()).isEqualTo(Duration.ofSeconds(7));
        assertThat(hop.session().idleTimeout()).isEqualTo(Duration.ofMinutes(1));
    }
}
