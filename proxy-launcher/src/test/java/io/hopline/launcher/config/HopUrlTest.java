package io.hopline.launcher.config;

import static io.hopline.launcher.config.Given.PLUGINS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigOrigin;
import com.typesafe.config.ConfigOriginFactory;
import com.typesafe.config.ConfigRenderOptions;
import io.hopline.api.settings.InvalidSettingsException;
import io.hopline.launcher.plugins.Plugins;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HopUrlTest {

    private static final ConfigOrigin LINE_7 =
            ConfigOriginFactory.newFile("a.conf").withLineNumber(7);

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                socks5://h:1080                  | type=socks5, server="h:1080"
                SOCKS5://h:1080                  | type=socks5, server="h:1080"
                socks5://h                       | type=socks5, server=h
                socks5://h:1080/                 | type=socks5, server="h:1080"
                socks5://[::1]:1080              | type=socks5, server="[::1]:1080"
                tls+socks5://h:1                 | type=socks5, server="h:1", tls={}
                https+connect://h:443            | type=connect, server="h:443", tls={}
                https://h:8443                   | type=http, server="h:8443", tls={}
                https://h                        | type=http, server="h:443", tls={}
                https://[::1]                    | type=http, server="[::1]:443", tls={}
                tls+http://h                     | type=http, server=h, tls={}
                proxy-protocol-v1+tls+a://h:1    | type=a, server="h:1", proxy-protocol=v1, tls={}
                socks5://u:p@h:1                 | type=socks5, server="h:1", auth={user=u, password=p}
                socks5://u@h:1                   | type=socks5, server="h:1", auth={user=u, password=""}
                socks5://u:@h:1                  | type=socks5, server="h:1", auth={user=u, password=""}
                socks5://u:p:q@h:1               | type=socks5, server="h:1", auth={user=u, password="p:q"}
                socks5://u:p@q@h:1               | type=socks5, server="h:1", auth={user=u, password="p@q"}
                socks5://u:p/q#r@h:1             | type=socks5, server="h:1", auth={user=u, password="p/q#r"}
                socks5://u%40x:%2C%2f+%c3%a9@h:1 | type=socks5, server="h:1", auth={user="u@x", password=",/+\u00e9"}
                direct://                        | type=direct
                a://h:1?timeout=5s               | type=a, server="h:1", timeout=5s
                a://h:1?tls.verify=false&b=c     | type=a, server="h:1", tls={verify=false}, b=c
                tls+a://h:1?tls.sni=x            | type=a, server="h:1", tls={sni=x}
                a://h:1?n=1&n=2                  | type=a, server="h:1", n=["1","2"]
                tls+a://h:1?tls=x                | type=a, server="h:1", tls=[{}, x]
                proxy-protocol-v1+a://h:1?proxy-protocol=v2 | type=a, server="h:1", proxy-protocol=[v1, v2]
                a://h:1?e=&f=x%3Dy=z             | type=a, server="h:1", e="", f="x=y=z"
                """)
    void standsForTheSettingsOfAHop(String url, String settings) {
        assertThat(text(HopUrl.settings(url, LINE_7)))
                .isEqualTo(text(ConfigFactory.parseString(settings.replace("false", "\"false\""))
                        .root()));
    }

    @Test
    void placesAllItsSettingsWhereTheUrlStands() {
        ConfigObject settings = HopUrl.settings("tls+a://u:p@h:1?tls.sni=x&n=1&n=2", LINE_7);

        assertThat(settings.toConfig().entrySet())
                .extracting(entry -> entry.getValue().origin().description())
                .containsOnly("a.conf: 7");
        assertThat(settings.toConfig().getObject("auth").origin().lineNumber()).isEqualTo(7);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "socks5://u:secret?more@h:1080",
                "socks5://u:secret%zz@h:1080",
                "socks5://u:secret%fc@h:1080",
                "socks5://u:secret",
                "socks5://u:secret@",
                "socks5://u:secret@h:99999",
                "socks5://u:secret@h:1?secret",
                "socks5://u:secret@h:1?=secret",
                "socks5://u:secret@h:1?..=secret",
            })
    void refusesTheRestWithoutShowingWhatMayBeSecret(String url) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> HopUrl.settings(url, LINE_7))
                .withMessageStartingWith("expected ")
                .satisfies(e -> assertThat(e.getMessage()).doesNotContain("secret"));
    }

    @ParameterizedTest
    @CsvSource({
        "tsl, did you mean \"tls\"?",
        "ssh, 'known: https, proxy-protocol-v1, proxy-protocol-v2, tls'",
        "'', 'known: https, proxy-protocol-v1, proxy-protocol-v2, tls'"
    })
    void saysWhichLayersThereAre(String layer, String hint) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> HopUrl.settings(layer + "+socks5://u:secret@h:1", LINE_7))
                .withMessage("unknown layer \"" + layer + "+\"; " + hint);
    }

    @Test
    void takesNoLayerTwice() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> HopUrl.settings("tls+https+socks5://h:1", LINE_7))
                .withMessage("a hop has one layer tls at most");
    }

    @Test
    void isReadByTheFactoryOfItsTypeWhichTellsOfUnknownKeys() {
        assertThatExceptionOfType(InvalidSettingsException.class)
                .isThrownBy(() -> HoplineConfig.chain("alpha://u:secret@a:1?tls.snj=x, beta://b:1", PLUGINS))
                .withMessage("--chain: hops.0.tls.snj: unknown key; did you mean \"sni\"?");
    }

    @Test
    void makesAChainOfSeveral() {
        assertThat(HoplineConfig.chain("https+socks5://u:secret@a:1, https://b", Plugins.load()))
                .hasToString("tls+socks5://a:1 -> tls+http://b:443");
    }

    private static String text(ConfigObject settings) {
        return settings.render(ConfigRenderOptions.concise());
    }
}
