package io.hopline.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.typesafe.config.ConfigFactory;
import io.hopline.api.settings.InvalidSettingsException;
import io.hopline.launcher.config.HoplineConfig;
import io.hopline.launcher.plugins.Plugins;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What TLS of an inbound offers by ALPN is what its clients are then served. */
class OfferedProtocolsTest {

    @ParameterizedTest
    @ValueSource(strings = {"http2", "spdy"})
    void areNotHttp11WhereItIsNotSpoken(String type) {
        assertThatExceptionOfType(InvalidSettingsException.class)
                .isThrownBy(() -> offeringHttp11("type = " + type))
                .withMessageEndingWith(
                        "hopline.inbounds.0.tls.alpn: http/1.1 can't be served here: clients must begin a"
                                + " session of streams; leave it out, or take type = http");
    }

    @ParameterizedTest
    @ValueSource(strings = {"type = http", "type = connect", "type = mixed", "type = tcp, target = \"192.0.2.1:80\""})
    void mayBeHttp11WhereItIsOrMayBeSpoken(String inbound) {
        assertThat(offeringHttp11(inbound).inbounds()).hasSize(1);
    }

    private static HoplineConfig offeringHttp11(String inbound) {
        return HoplineConfig.of(
                ConfigFactory.parseString("hopline.inbounds = [ { listen = 1, " + inbound
                        + ", tls { self-signed = true, alpn = [\"http/1.1\"] } } ]"),
                Plugins.load());
    }
}
