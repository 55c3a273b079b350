package io.hopline.socks;

import static io.hopline.socks.Stage.EVERYTHING;
import static io.hopline.socks.Stage.address;
import static io.hopline.testkit.Hex.counted;
import static io.hopline.testkit.Hex.text;

import io.hopline.testkit.Loops;
import io.hopline.testkit.Target;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Which requests are served, in every version; sections are those of RFC 1928 unless said otherwise. */
class ConnectRulesTest {

    @RegisterExtension
    static final Loops LOOPS = new Loops();

    private static final String REST = "00 01 00000000 0000";
    private static final String REJECTED = "00 5b 0000 00000000";

    static Stream<Arguments> rules() {
        return Rule.each(Stream.of(greetings(), requests(), requestsOfSocks4())
                .flatMap(List::stream)
                .toList());
    }

    private static List<Rule> greetings() {
        return List.of(
                greeting("section 3: VER is 5", "06 01 00", ""),
                greeting("section 3: what looks like HTTP is no greeting", text("GET / HTTP/1.1\r\n\r\n"), ""),
                greeting("section 3: NMETHODS is at least 1", "05 00", "05 ff"),
                greeting("section 3: GSSAPI alone is not served", "05 01 01", "05 ff"),
                greeting("section 3: 0xFF among the methods is no method", "05 01 ff", "05 ff"),
                greeting("section 3: private methods are not served", "05 03 80 aa fe", "05 ff"),
                new Rule("section 3: a client that says half of its greeting and ends is let go", stage -> {
                    Raw client = stage.silent5();
                    client.send("05 02 00");
                    client.endOutput();
                    client.expectEnd();
                }));
    }

    private static Rule greeting(String name, String said, String answer) {
        return new Rule(name, stage -> {
            Raw client = stage.silent5();
            client.send(said);
            client.expect(answer);
            client.expectEnd();
        });
    }

    private static List<Rule> requests() {
        String connect = "05 01 00";
        return List.of(
                request("section 4: VER of the request is 5", "04 01 00 01 7f000001 0050", "01"),
                request("section 4: RSV is 0", "05 01 01 01 7f000001 0050", "01"),
                request("section 4: CMD 0 is none", "05 00 00 01 7f000001 0050", "07"),
                request("section 4: CMD 4 is none", "05 04 00 01 7f000001 0050", "07"),
                request("section 4: CMD 0xFF is none", "05 ff 00 01 7f000001 0050", "07"),
                request("section 5: ATYP 0 is none", connect + "00 7f000001 0050", "08"),
                request("section 5: ATYP 2 is none", connect + "02 7f000001 0050", "08"),
                request("section 5: ATYP 5 is none", connect + "05 7f000001 0050", "08"),
                request("section 5: ATYP 0xFF is none", connect + "ff 7f000001 0050", "08"),
                request("section 5: a name has a byte at least", connect + "03 00 0050", "01"),
                request("section 5: a name ends at no NUL", connect + "03" + counted("localhost\0.b") + "0050", "01"),
                request("section 5: a name holds no space", connect + "03" + counted("a b") + "0050", "01"),
                request("section 5: a name holds no tab", connect + "03" + counted("a\tb") + "0050", "01"),
                request("section 5: a name holds no line break", connect + "03" + counted("a\r\nb") + "0050", "01"),
                request("section 5: a name holds no slash", connect + "03" + counted("a/b") + "0050", "01"),
                request("section 5: a name holds no user", connect + "03" + counted("u@localhost") + "0050", "01"),
                request("section 5: a name holds no port", connect + "03" + counted("localhost:80") + "0050", "01"),
                request("section 5: a name is no list", connect + "03" + counted("a,localhost") + "0050", "01"),
                request("section 5: a name is ASCII", connect + "03" + counted("b\u00fccher.example") + "0050", "01"),
                request("section 5: a name has no brackets", connect + "03" + counted("[::1]") + "0050", "01"),
                request("section 4: port 0 is nobody's, of IPv4", connect + "01 7f000001 0000", "01"),
                request(
                        "section 4: port 0 is nobody's, of IPv6",
                        connect + "04 00000000000000000000000000000001 0000",
                        "01"),
                request(
                        "section 4: port 0 is nobody's, of a name",
                        connect + "03" + counted("localhost") + "0000",
                        "01"),
                new Rule("section 6: a target that refuses", stage -> {
                    Raw client = stage.socks5(EVERYTHING);
                    client.send(connect + address(Target.refusing()) + text("behind"));
                    client.expect("05 05" + REST);
                    client.expectEnd();
                }),
                new Rule("section 4: a client that says half of its request and ends is let go", stage -> {
                    Raw client = stage.socks5(EVERYTHING);
                    client.send("05 01 00 03 09" + text("local"));
                    client.endOutput();
                    client.expectEnd();
                }));
    }

    private static Rule request(String name, String said, String code) {
        return new Rule(name, stage -> {
            Raw client = stage.socks5(EVERYTHING);
            // A refused request is the last, whatever comes behind it.
            client.send(said + text("behind"));
            client.expect("05" + code + REST);
            client.expectEnd();
        });
    }

    private static List<Rule> requestsOfSocks4() {
        return List.of(
                requestOfSocks4("SOCKS4 section 1: CD 0 is none", "04 00 0050 7f000001", "00", REJECTED),
                requestOfSocks4("SOCKS4 section 1: CD 3 is none", "04 03 0050 7f000001", "00", REJECTED),
                requestOfSocks4("SOCKS4 section 1: port 0 is nobody's", "04 01 0000 7f000001", "00", REJECTED),
                requestOfSocks4("SOCKS4: VN is 4", "03 01 0050 7f000001", "00", ""),
                requestOfSocks4("SOCKS4: what looks like HTTP is no request", text("GET / HTTP/1.1\r\n\r\n"), "", ""),
                requestOfSocks4("SOCKS4A: a name has a byte at least", "04 01 0050 00000001", "00 00", REJECTED),
                requestOfSocks4(
                        "SOCKS4A: a name holds no space", "04 01 0050 00000001", "00" + text("a b\0"), REJECTED),
                requestOfSocks4(
                        "SOCKS4A: a name holds no line break",
                        "04 01 0050 00000001",
                        "00" + text("a\r\nb\0"),
                        REJECTED),
                requestOfSocks4(
                        "SOCKS4A: a name holds no port",
                        "04 01 0050 00000001",
                        "00" + text("localhost:80\0"),
                        REJECTED),
                new Rule("SOCKS4 section 1: a target that refuses", stage -> {
                    Raw client = stage.socks4(EVERYTHING);
                    client.send(stage.socks4Request(Target.refusing()) + text("behind"));
                    client.expect(REJECTED);
                    client.expectEnd();
                }));
    }

    private static Rule requestOfSocks4(String name, String head, String rest, String answer) {
        return new Rule(name, stage -> {
            Raw client = stage.socks4(EVERYTHING);
            client.send(head + rest);
            client.expect(answer);
            client.expectEnd();
        });
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("rules")
    void holds(Rule rule, Stage.Mode mode) throws Exception {
        rule.hold(mode, LOOPS);
    }
}
