package io.hopline.launcher.config;

import static io.hopline.launcher.config.Given.config;
import static io.hopline.launcher.config.Given.problems;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import io.hopline.api.settings.InvalidSettingsException;
import io.hopline.api.settings.Problem;
import io.hopline.launcher.plugins.Plugins;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.util.Collections;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DefaultSectionsTest {

    @Test
    void refusesSectionsOfWhatThereIsNot() {
        assertThat(problems("""
            defaults { inbond.plain.x = 1, inbound.plian { x = 1 }, outbound { dirct { x = 1 } }, inbound.guarded {} }
            inbounds = [ { type = plain, listen = 1 } ]\
            """))
                .containsExactlyInAnyOrder(
                        "given: 1: hopline.defaults.inbond: unknown section; did you mean \"inbound\"?",
                        "given: 1: hopline.defaults.inbound.plian: unknown section; did you mean \"plain\"?",
                        "given: 1: hopline.defaults.outbound.dirct: unknown section; did you mean \"direct\"?");
    }

    @ParameterizedTest
    @CsvSource({
        "outbound.alpha.nams = [],           names",
        "outbound.alpha.tls.sin = a,         sni",
        "outbound.direct.connect-timout = 1s, connect-timeout",
        "inbound.guarded.usres = {},         users",
        "inbound.plain.limits.conections = 1, connections",
        "inbound.limits.conections = 1,      connections",
        "inbound.tls.certificat = a.pem,     certificate",
        "inbound.plain.lisen = 1,            listen"
    })
    void tellsOfAMisspeltKeyOfAKindThatNothingUses(String line, String meant) {
        String path = line.substring(0, line.indexOf(" ="));
        assertThat(problems("defaults." + line))
                .containsExactly(
                        "given: 1: hopline.defaults." + path + ": unknown key; did you mean \"" + meant + "\"?");
    }

    @Test
    void tellsOfItOnceHoweverManyUseIt() {
        assertThat(problems("""
            defaults.outbound.alpha.nams = []
            outbounds { a = [ { type = alpha, server = a } ], b = [ { type = alpha, server = b } ] }\
            """))
                .containsExactly(
                        "given: 1: hopline.defaults.outbound.alpha.nams: unknown key; did you mean \"names\"?");
    }

    @Test
    void takesWhateverASectionOfItsKindTakes() {
        assertThat(config("""
            defaults {
              outbound.alpha { server = "a:1", auth { user = u, password = p }, tls { sni = s }, names = [ n ] }
              inbound.guarded { listen = 0, users { ann = secret }, tls { self-signed = true }, targets = [] }
              inbound.tls { certificate = a.pem, key = a.key, client-ca = ca.pem }
            }
            inbounds = [ { type = plain, listen = 1 } ]\
            """).inbounds()).hasSize(1);
    }

    @Test
    void saysWhyAKindCantHaveAKey() {
        assertThat(problems("defaults.outbound.alpha { datagrams = true, names = [ n ] }"))
                .containsExactly("given: 1: hopline.defaults.outbound.alpha.datagrams: a hop of this type carries none:"
                        + " leave datagrams out");
    }

    @Test
    void knowsAKeyForTheKindAloneThatAsksForIt() {
        Config misplaced = ConfigFactory.parseString("hopline.defaults.inbound { http.udp = true, mixed.udp = true }");
        assertThatExceptionOfType(InvalidSettingsException.class)
                .isThrownBy(() -> HoplineConfig.of(misplaced, Plugins.load()))
                .satisfies(refused -> assertThat(refused.problems())
                        .singleElement()
                        .asString()
                        .contains("hopline.defaults.inbound.http.udp: unknown key; known: "));
    }

    @Test
    void tellsWhereAValueStandsThatClientsWithoutTlsAreServedBy() {
        Config wrong = ConfigFactory.parseString("""
            hopline {
              defaults.alpn.h2.max-streams = 0
              inbounds = [ { type = http, listen = 0 }, { type = connect, listen = 0 } ]
            }\
            """);
        assertThatExceptionOfType(InvalidSettingsException.class)
                .isThrownBy(() -> HoplineConfig.of(wrong, Plugins.load()))
                .satisfies(refused -> assertThat(refused.problems())
                        .singleElement()
                        .asString()
                        .endsWith(": 2: hopline.defaults.alpn.h2.max-streams: expected a whole number from 1 to"
                                + " 100000, got 0"));
    }

    @Test
    void refusesAValueWhereASectionShouldBe() {
        assertThat(problems("defaults = null"))
                .containsExactly("given: 1: hopline.defaults: expected a section: defaults { … }");
        assertThat(problems("defaults = 5"))
                .containsExactly("given: 1: hopline.defaults: expected a section: defaults { … }");
        assertThat(problems("defaults.inbound = 5"))
                .containsExactly("given: 1: hopline.defaults.inbound: expected a section: inbound { … }");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "outbound.tls",
                "inbound.limits",
                "inbound.http",
                "inbound.mixed",
                "outbound.socks5",
                "inbound.tls"
            })
    void refusesAValueWhereASectionOfSomeKindShouldBe(String place) {
        Config misplaced = ConfigFactory.parseString("hopline.defaults." + place + " = off, hopline.thread = 1");
        String kind = place.substring(place.indexOf('.') + 1);
        assertThatExceptionOfType(InvalidSettingsException.class)
                .isThrownBy(() -> HoplineConfig.of(misplaced, Plugins.load()))
                .satisfies(refused -> assertThat(refused.problems())
                        .extracting(Problem::toString)
                        .satisfiesExactly(
                                text -> assertThat(text)
                                        .endsWith("hopline.defaults." + place + ": expected a section: " + kind
                                                + " { … }"),
                                text -> assertThat(text).contains("hopline.thread: unknown key")));
    }

    @Test
    void knowsEveryKeyThatAReferenceDocuments() throws IOException {
        StringBuilder documented = new StringBuilder();
        for (URL reference : Collections.list(getClass().getClassLoader().getResources("reference.conf"))) {
            try (InputStream in = reference.openStream()) {
                documented
                        .append(new String(in.readAllBytes(), UTF_8)
                                .replaceAll("(?m)^( *)# (?!type )([a-z-]+) =.*$", "$1$2 = 127.0.0.1")
                                .replaceAll("(?m)^( *)# ([a-z-]+ \\{[^…]*})$", "$1$2"))
                        .append('\n');
            }
        }
        assertThat(documented).contains("    certificate = 127.0.0.1", "    auth { user = ", "    users { }");

        HoplineConfig read = HoplineConfig.of(ConfigFactory.parseString(documented.toString()), Plugins.load());

        assertThat(read.inbounds()).isEmpty();
    }
}
