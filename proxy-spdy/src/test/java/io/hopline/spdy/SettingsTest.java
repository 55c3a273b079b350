package io.hopline.spdy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import io.hopline.api.AlpnProtocol;
import io.hopline.api.Entry;
import io.hopline.api.HostPort;
import io.hopline.api.HttpInbound;
import io.hopline.api.Inbound;
import io.hopline.api.InboundFactory;
import io.hopline.api.Recognizer;
import io.hopline.api.settings.Credentials;
import io.hopline.api.settings.InvalidSettingsException;
import io.hopline.api.settings.Problems;
import io.hopline.api.settings.Secret;
import io.hopline.api.settings.Settings;
import io.hopline.spdy.session.SessionSettings;
import io.hopline.spdy.session.Version;
import io.hopline.testkit.exchange.Answers;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.InputStream;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Enumeration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the config's words come to. */
class SettingsTest {

    private static final HttpInbound HTTP = new Answers();
    private static final InboundFactory AS_HTTP = settings -> outbound -> HTTP;

    private final SpdyInboundFactory inbound = new SpdyInboundFactory(() -> Map.of("http", AS_HTTP));

    @Test
    void readsAHop() {
        SpdyHop hop = Settings.read(
                "outbound.spdy",
                "server = proxy.example, version = 3, auth { user = alice, password = secret }",
                SpdyHop::read);
        assertThat(hop.server()).hasValue(new HostPort("proxy.example", 443));
        assertThat(hop.version()).isEqualTo(Version.V3);
        assertThat(hop.auth()).hasValue(new Credentials("alice", new Secret("secret")));
        assertThat(hop.describe()).isEqualTo("spdy://proxy.example:443");
        assertThat(hop.toString()).doesNotContain("secret");
    }

    @Test
    void speaksTheNewestVersionUnlessToldOtherwise() {
        SpdyHop hop = SpdyHop.to(new HostPort("proxy.example", 443)).withAuth("alice", "secret");
        assertThat(hop.version()).isEqualTo(Version.V3_1);
        assertThat(hop.withVersion(Version.V3))
                .isEqualTo(new SpdyHop(hop.at(), Version.V3, hop.auth(), hop.timeout(), hop.session()));
    }

    @Test
    void servesStreamsAsTheHttpTypeDoes() {
        Entry entry = Settings.read("inbound.spdy", "", inbound::read);
        Inbound served = entry.to((target, session) -> session.loop().newPromise());
        assertThat(served)
                .isInstanceOfSatisfying(
                        SpdyInbound.class, spdy -> assertThat(spdy.next()).isSameAs(HTTP));
    }

    @Test
    void saysThatItNeedsTheHttpType() {
        SpdyInboundFactory alone = new SpdyInboundFactory(Map::of);
        assertThatExceptionOfType(InvalidSettingsException.class)
                .isThrownBy(() -> Settings.read("inbound.spdy", "", alone::read))
                .withMessageContaining("http");
        assertThat(alone.recognizer()).isEmpty();
    }

    @Test
    void servesNothingButHttpAboveAlpn() {
        assertThat(new SpdyAlpn.V31().over(HTTP)).isInstanceOf(SpdyInbound.class);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new SpdyAlpn.V3().over((client, session) -> client.close()))
                .withMessageContaining("HTTP");
    }

    @Test
    void readsSessionsOfAlpnFromASectionOfTls() {
        AlpnProtocol few = Settings.read("here", "spdy { max-streams = 7 }", tls -> new SpdyAlpn.V31().read(tls));
        assertThat(few.over(HTTP))
                .isInstanceOfSatisfying(
                        SpdyInbound.class,
                        spdy -> assertThat(spdy.settings().maxStreams()).isEqualTo(7));
        AlpnProtocol plain = Settings.read("here", "", tls -> new SpdyAlpn.V3().read(tls));
        assertThat(plain.over(HTTP)).isEqualTo(new SpdyAlpn.V3().over(HTTP));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "version = 2",
                "max-streams = 0",
                "max-window = 1KiB",
                "session-window = 1MiB",
                "max-header-size = 1B",
                "auth { user = \"a:b\", password = c }",
                "head-timeout = 5s",
                "keep-alive = 0s"
            })
    void saysWhatIsWrong(String wrong) {
        String key = wrong.split(" ")[0];
        assertThatExceptionOfType(InvalidSettingsException.class)
                .isThrownBy(() -> Settings.read("outbound.spdy", "server = a, " + wrong, SpdyHop::read))
                .withMessageContaining("outbound.spdy." + key);
    }

    @Test
    void aHopGoesByTheDefaultsOfClientsSessions() {
        Config root = ConfigFactory.parseString("hopline.defaults.alpn.spdy { stall-timeout = 7s, head-timeout = 3s }")
                .withFallback(ConfigFactory.defaultReferenceUnresolved())
                .resolve();
        Problems problems = new Problems();
        Settings settings =
                Settings.of(ConfigFactory.parseString("server = a").root(), "hop", "outbound.spdy", root, problems);

        SpdyHop hop = SpdyHop.read(settings);
        settings.reportUnknown();

        assertThat(problems.all()).isEmpty();
        assertThat(hop.session().stallTimeout()).isEqualTo(Duration.ofSeconds(7));
        assertThat(hop.session().idleTimeout()).isEqualTo(Duration.ofMinutes(1));
    }

    @Test
    void documentsEveryKey() throws Exception {
        List<String> asked = new ArrayList<>();
        Settings.read("outbound.spdy", "server = a", settings -> {
            SpdyHop hop = SpdyHop.read(settings);
            asked.addAll(settings.askedKeys());
            return hop;
        });
        Settings.read("inbound.spdy", "", settings -> {
            Entry entry = inbound.read(settings);
            asked.addAll(settings.askedKeys());
            return entry;
        });
        Settings.read("alpn.spdy", "", settings -> {
            SessionSettings session = SessionSettings.read(settings);
            asked.addAll(settings.askedKeys());
            return session;
        });
        String documented = new String(ownReference(), StandardCharsets.UTF_8);
        assertThat(asked)
                .filteredOn(key -> !List.of("tls", "proxy-protocol").contains(key))
                .isNotEmpty()
                .allSatisfy(key -> assertThat(documented).containsPattern("(?m)^\\s*(# )?" + key + "\\b"));
    }

    /** Every module has a reference.conf; this test wants that of the class under test. */
    private static byte[] ownReference() throws Exception {
        Enumeration<URL> all = SpdyHop.class.getClassLoader().getResources("reference.conf");
        while (all.hasMoreElements()) {
            try (InputStream in = all.nextElement().openStream()) {
                byte[] text = in.readAllBytes();
                if (new String(text, StandardCharsets.UTF_8).contains("proxy-spdy")) {
                    return text;
                }
            }
        }
        throw new AssertionError("no reference.conf of proxy-spdy");
    }

    @Test
    void knowsItsClientsByTheirFirstBytes() {
        assertThat(match(0x80)).isEqualTo(Recognizer.Match.MORE);
        assertThat(match(0x80, 3)).isEqualTo(Recognizer.Match.YES);
        assertThat(match(0x80, 2)).isEqualTo(Recognizer.Match.YES);
        assertThat(match(0x80, 4)).isEqualTo(Recognizer.Match.NO);
        assertThat(match(0x16, 3)).isEqualTo(Recognizer.Match.NO);
        assertThat(match('G', 'E')).isEqualTo(Recognizer.Match.NO);
    }

    private static Recognizer.Match match(int... bytes) {
        ByteBuf first = Unpooled.buffer();
        for (int b : bytes) {
            first.writeByte(b);
        }
        return new Recognition().match(first);
    }
}
