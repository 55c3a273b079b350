package io.hopline.socks;

import static io.hopline.socks.Stage.EVERYTHING;
import static io.hopline.socks.Stage.address;
import static io.hopline.socks.Stage.port;
import static io.hopline.testkit.Hex.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hopline.api.HostPort;
import io.hopline.api.Served;
import io.hopline.socks.Stage.Mode;
import io.hopline.testkit.Loops;
import java.net.ConnectException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** BIND, in every version. */
class BindRulesTest {

    @RegisterExtension
    static final Loops LOOPS = new Loops();

    private static final String HERE = "127.0.0.1";
    private static final String ELSEWHERE = "127.0.0.2";

    /** One version's words. */
    private enum Version {
        SOCKS4("SOCKS4 section 2", "5b"),
        SOCKS4A("SOCKS4A", "5b"),
        SOCKS5("RFC 1928 section 6", "");

        final String section;
        final String rejected;

        Version(String section, String rejected) {
            this.section = section;
            this.rejected = rejected;
        }

        Raw ask(Stage stage, String expected, String settings) throws Exception {
            if (this == SOCKS5) {
                Raw client = stage.socks5(settings);
                client.send("05 02 00" + address(new HostPort(expected, 21)));
                return client;
            }
            Raw client = stage.socks4(settings);
            String host = this == SOCKS4A
                    ? "00000001" + stage.userId() + text(expected + "\0")
                    : address(new HostPort(expected, 21)).substring(2, 10) + stage.userId();
            client.send("04 02" + port(21) + host);
            return client;
        }

        HostPort granted(Raw client) throws Exception {
            return this == SOCKS5 ? Stage.granted5(client) : Stage.granted4(client);
        }

        void refused(Raw client, String code) throws Exception {
            client.expect(this == SOCKS5 ? "05" + code + "00 01 00000000 0000" : "00" + rejected + "0000 00000000");
            client.expectEnd();
        }

        Rule rule(String name, Script script) {
            return new Rule(section + ": " + name, stage -> script.run(stage, this));
        }
    }

    /** A rule's script for one version. */
    @FunctionalInterface
    private interface Script {
        void run(Stage stage, Version version) throws Exception;
    }

    /** A client and its peer, joined. */
    private record Joined(Raw client, Raw peer) {

        static Joined open(Stage stage, Version version) throws Exception {
            Raw client = version.ask(stage, HERE, EVERYTHING);
            HostPort at = version.granted(client);
            Raw peer = stage.loops().closing(Raw.connect(at, HERE));
            assertThat(version.granted(client)).isEqualTo(peer.localAddress());
            return new Joined(client, peer);
        }

        void talk() throws Exception {
            client.send(text("up"));
            peer.expect(text("up"));
            peer.send(text("down"));
            client.expect(text("down"));
        }
    }

    static Stream<Arguments> rules() {
        return Rule.each(
                Stream.of(Version.values()).flatMap(BindRulesTest::rules).toList());
    }

    private static Stream<Rule> rules(Version of) {
        return Stream.of(
                of.rule("the second reply tells who has come, and bytes pass", (stage, version) -> {
                    Joined joined = Joined.open(stage, version);
                    joined.talk();
                    // In this order, since a TLS client of the JDK waits for the other side's end when it closes.
                    joined.peer.close();
                    joined.client.close();
                }),
                of.rule("without a listening address of the operator's it listens on loopback", (stage, version) -> {
                    Raw client = version.ask(stage, HERE, EVERYTHING);
                    assertThat(version.granted(client).host()).isEqualTo(HERE);
                }),
                of.rule(
                        "a peer that can't come from this machine is none of a loopback listener's",
                        (stage, version) -> {
                            Raw client = version.ask(stage, "192.0.2.1", EVERYTHING);
                            version.refused(client, "02");
                        }),
                of.rule("a peer with another address than the one asked for ends it", (stage, version) -> {
                    Raw client = version.ask(stage, HERE, EVERYTHING);
                    HostPort at = version.granted(client);
                    Raw stranger = stage.loops().closing(Raw.connect(at, ELSEWHERE));
                    version.refused(client, "02");
                    stranger.expectReset();
                }),
                of.rule("0.0.0.0 is anybody's address", (stage, version) -> {
                    Raw client = version.ask(stage, "0.0.0.0", EVERYTHING);
                    HostPort at = version.granted(client);
                    Raw peer = stage.loops().closing(Raw.connect(at, ELSEWHERE));
                    assertThat(version.granted(client)).isEqualTo(peer.localAddress());
                    new Joined(client, peer).talk();
                }),
                of.rule("one connection only", (stage, version) -> {
                    Raw client = version.ask(stage, HERE, EVERYTHING);
                    HostPort at = version.granted(client);
                    Raw peer = stage.loops().closing(Raw.connect(at, HERE));
                    version.granted(client);
                    assertThatThrownBy(() -> Raw.connect(at, HERE)).isInstanceOf(ConnectException.class);
                    new Joined(client, peer).talk();
                }),
                of.rule("what the client says ahead reaches its peer", (stage, version) -> {
                    Raw client = version.ask(stage, HERE, EVERYTHING);
                    client.send(text("early"));
                    Raw peer = stage.loops().closing(Raw.connect(version.granted(client), HERE));
                    version.granted(client);
                    peer.expect(text("early"));
                }),
                of.rule("what the peer says first comes behind the second reply", (stage, version) -> {
                    Raw client = version.ask(stage, HERE, EVERYTHING);
                    Raw peer = stage.loops().closing(Raw.connect(version.granted(client), HERE));
                    peer.send(text("220"));
                    version.granted(client);
                    client.expect(text("220"));
                }),
                of.rule("the peer's end is one direction's end", (stage, version) -> {
                    Joined joined = Joined.open(stage, version);
                    joined.peer.send(text("all"));
                    joined.peer.endOutput();
                    joined.client.expect(text("all"));
                    joined.client.expectEnd();
                    joined.client.send(text("more"));
                    joined.peer.expect(text("more"));
                }),
                of.rule("the client's end is one direction's end", (stage, version) -> {
                    Joined joined = Joined.open(stage, version);
                    joined.client.endOutput();
                    joined.peer.expectEnd();
                    joined.peer.send(text("more"));
                    joined.client.expect(text("more"));
                }),
                of.rule("the peer's reset is the client's", (stage, version) -> {
                    Joined joined = Joined.open(stage, version);
                    joined.peer.reset();
                    joined.client.expectReset();
                }),
                of.rule("the client's reset is the peer's", (stage, version) -> {
                    Joined joined = Joined.open(stage, version);
                    joined.client.reset();
                    joined.peer.expectReset();
                }),
                of.rule("a client that leaves is waited for by nobody", (stage, version) -> {
                    Raw client = version.ask(stage, HERE, EVERYTHING);
                    HostPort at = version.granted(client);
                    client.close();
                    Served served = stage.observer().takeServed();
                    assertThat(served.outcome()).isEqualTo("client left before its peer had connected");
                    LOOPS.awaitOpenChannels(stage.mode() == Mode.CHAINED ? 2 : 1);
                    assertThatThrownBy(() -> Raw.connect(at, HERE)).isInstanceOf(ConnectException.class);
                }),
                of.rule("a client that breaks off is waited for by nobody", (stage, version) -> {
                    Raw client = version.ask(stage, HERE, EVERYTHING);
                    version.granted(client);
                    client.reset();
                    assertThat(stage.observer().takeServed().outcome())
                            .isEqualTo("client left before its peer had connected");
                }),
                of.rule("a peer that takes too long is waited for no longer", (stage, version) -> {
                    Raw client = version.ask(stage, HERE, EVERYTHING + ", bind-timeout = 100ms");
                    version.granted(client);
                    version.refused(client, "06");
                    assertThat(stage.observer().takeServed().outcome()).endsWith("no peer within 100 ms");
                }),
                of.rule("it is not served where it was not asked for", (stage, version) -> {
                    Raw client = version.ask(stage, HERE, Stage.CONNECT_ALONE);
                    version.refused(client, "07");
                }));
    }

    static Stream<Arguments> rulesOfNames() {
        return Rule.each(List.of(
                Version.SOCKS4A.rule("a peer may be named", BindRulesTest::named),
                Version.SOCKS5.rule("a peer may be named", BindRulesTest::named),
                Version.SOCKS5.rule("a peer may have an IPv6 address", (stage, version) -> {
                    Raw client = version.ask(stage, "::1", EVERYTHING);
                    Raw peer = stage.loops().closing(Raw.connect(version.granted(client), "::1"));
                    assertThat(version.granted(client)).isEqualTo(peer.localAddress());
                    new Joined(client, peer).talk();
                })));
    }

    private static void named(Stage stage, Version version) throws Exception {
        Raw client = version.ask(stage, "localhost", EVERYTHING);
        Raw peer = stage.loops().closing(Raw.connect(version.granted(client), HERE));
        assertThat(version.granted(client)).isEqualTo(peer.localAddress());
        new Joined(client, peer).talk();
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource({"rules", "rulesOfNames"})
    void holds(Rule rule, Mode mode) throws Exception {
        rule.hold(mode, LOOPS);
    }
}
