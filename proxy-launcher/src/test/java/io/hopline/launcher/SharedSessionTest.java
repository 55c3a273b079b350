package io.hopline.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import io.hopline.api.settings.InvalidSettingsException;
import io.hopline.api.settings.Problem;
import io.hopline.launcher.config.HoplineConfig;
import io.hopline.launcher.plugins.Plugins;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** No server beneath what clients share is told the address of one of them. */
class SharedSessionTest {

    static Stream<Arguments> chains() {
        return Stream.of("direct", "connect", "http", "socks4", "socks4a", "socks5")
                .flatMap(telling -> Stream.of("http2", "spdy").map(shared -> Arguments.of(telling, shared)));
    }

    @ParameterizedTest
    @MethodSource("chains")
    void letsNoHopBeneathItTellWhoAClientIs(String telling, String shared) {
        String server = telling.equals("direct") ? "" : ", server = \"192.0.2.1:1\"";

        assertThat(problems("outbounds.a = [ { type = " + telling + server + ", proxy-protocol = v1 }, { type = "
                        + shared + ", server = \"192.0.2.2:2\" } ]"))
                .singleElement()
                .asString()
                .contains("outbounds.a: clients share the sessions of hop 2 (" + shared + " 192.0.2.2:2), so hop 1 ("
                        + telling)
                .endsWith(" can't tell the address of one; leave its proxy-protocol out, or use another hop type than "
                        + shared);
    }

    @ParameterizedTest
    @ValueSource(strings = {"http2", "spdy"})
    void doesNotTellItsOwnServerWhoAClientIs(String shared) {
        assertThat(problems("outbounds.a = { type = " + shared + ", server = \"192.0.2.2:2\", proxy-protocol = v1 }"))
                .singleElement()
                .asString()
                .endsWith("outbounds.a: clients share the sessions of hop 1 (" + shared
                        + " 192.0.2.2:2), so it can't tell the address of one; leave its proxy-protocol out, or use"
                        + " another hop type than " + shared);
    }

    @ParameterizedTest
    @ValueSource(strings = {"http2", "spdy"})
    void letsNoSocketBeneathItTellWhoAClientIs(String shared) {
        assertThat(problems("defaults.outbound.direct.proxy-protocol = v2\n"
                        + "outbounds { a = \"connect://192.0.2.1:1, " + shared
                        + "://192.0.2.2:2\", b = \"connect://192.0.2.1:1\" }\n"
                        + "inbounds = [ { type = connect, listen = 1, outbound = \"" + shared + "://192.0.2.3:3\" }"
                        + ", { type = connect, listen = 2, outbound = a } ]"))
                .extracting(Problem::toString)
                .satisfiesExactlyInAnyOrder(
                        declared -> assertThat(declared)
                                .contains("outbounds.a: clients share the sessions of hop 2 (" + shared
                                        + " 192.0.2.2:2), so direct can't tell the address of one; leave its"
                                        + " proxy-protocol out, or use another hop type than " + shared
                                        + " (it is set in hopline.defaults.outbound.direct)"),
                        inPlace -> assertThat(inPlace)
                                .contains("inbounds.0.outbound: clients share the sessions of hop 1 (" + shared));
    }

    private static List<Problem> problems(String hopline) {
        Config config = ConfigFactory.parseString("hopline { " + hopline + " }");
        InvalidSettingsException refused =
                catchThrowableOfType(InvalidSettingsException.class, () -> HoplineConfig.of(config, Plugins.load()));
        assertThat(refused).as("the config is refused").isNotNull();
        return refused.problems();
    }
}
