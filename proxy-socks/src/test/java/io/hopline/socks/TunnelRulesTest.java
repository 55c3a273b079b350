package io.hopline.socks;

import static io.hopline.socks.Stage.EVERYTHING;
import static io.hopline.socks.Stage.port;
import static io.hopline.testkit.Hex.counted;
import static io.hopline.testkit.Hex.text;

import io.hopline.api.HostPort;
import io.hopline.testkit.Loops;
import io.hopline.testkit.Target;
import io.hopline.testkit.Wire;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Tunnels by CONNECT, in every version and way of asking; sections are those of RFC 1928 unless said otherwise. */
class TunnelRulesTest {

    @RegisterExtension
    static final Loops LOOPS = new Loops();

    static Stream<Arguments> rules() {
        return Rule.each(tunnels());
    }

    /** Says who is asked for, and reads what grants it. */
    private enum Asking {
        IPV4("section 5: IPv4"),
        NAME("section 5: a name"),
        SOCKS4("SOCKS4 section 1"),
        SOCKS4A("SOCKS4A");

        final String section;

        Asking(String section) {
            this.section = section;
        }

        Raw ask(Stage stage, HostPort target, String behind) throws Exception {
            String at = port(target.port());
            Raw client = this == IPV4 || this == NAME ? stage.socks5(EVERYTHING) : stage.socks4(EVERYTHING);
            client.send(switch (this) {
                        case IPV4 -> "05 01 00 01 7f000001" + at;
                        case NAME -> "05 01 00 03" + counted("localhost") + at;
                        case SOCKS4 -> stage.socks4Request(target);
                        case SOCKS4A -> "04 01" + at + "000000ff" + stage.userId() + text("localhost\0");
                    }
                    + behind);
            return client;
        }

        void granted(Raw client) throws Exception {
            if (this == IPV4 || this == NAME) {
                Stage.granted5(client);
            } else {
                Stage.granted4(client);
            }
        }

        Rule rule(String name, Script script) {
            return new Rule(section + ": " + name, stage -> {
                Target target = stage.loops().closing(Target.listen());
                script.run(stage, this, target);
            });
        }
    }

    /** A rule's script for one way of asking. */
    @FunctionalInterface
    private interface Script {
        void run(Stage stage, Asking asking, Target target) throws Exception;
    }

    private static List<Rule> tunnels() {
        return Stream.of(Asking.values())
                .flatMap(of -> Stream.of(
                        of.rule("what comes early, and what the server says first", (stage, asking, target) -> {
                            Raw client = asking.ask(stage, target.address(), text("early"));
                            Wire server = stage.loops().closing(target.accept());
                            server.write("first");
                            asking.granted(client);
                            client.expect(text("first"));
                            server.expect("early");
                        }),
                        of.rule("the server's end is one direction's end", (stage, asking, target) -> {
                            Raw client = asking.ask(stage, target.address(), "");
                            Wire server = stage.loops().closing(target.accept());
                            asking.granted(client);
                            server.write("all");
                            server.endOutput();
                            client.expect(text("all"));
                            client.expectEnd();
                            client.send(text("more"));
                            server.expect("more");
                        }),
                        of.rule("the client's end is one direction's end", (stage, asking, target) -> {
                            Raw client = asking.ask(stage, target.address(), "");
                            Wire server = stage.loops().closing(target.accept());
                            asking.granted(client);
                            client.endOutput();
                            server.expectEnd();
                            server.write("more");
                            client.expect(text("more"));
                        }),
                        of.rule("the server's reset is the client's", (stage, asking, target) -> {
                            Raw client = asking.ask(stage, target.address(), "");
                            Wire server = stage.loops().closing(target.accept());
                            asking.granted(client);
                            server.reset();
                            client.expectReset();
                        }),
                        of.rule("the client's reset is the server's", (stage, asking, target) -> {
                            Raw client = asking.ask(stage, target.address(), "");
                            Wire server = stage.loops().closing(target.accept());
                            asking.granted(client);
                            client.reset();
                            server.expectReset();
                        })))
                .toList();
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("rules")
    void holds(Rule rule, Stage.Mode mode) throws Exception {
        rule.hold(mode, LOOPS);
    }
}
