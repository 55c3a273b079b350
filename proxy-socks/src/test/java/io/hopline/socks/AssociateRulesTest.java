package io.hopline.socks;

import static io.hopline.socks.Stage.EVERYTHING;
import static io.hopline.socks.Stage.address;
import static io.hopline.socks.Stage.port;
import static io.hopline.testkit.Hex.text;
import static org.assertj.core.api.Assertions.assertThat;

import io.hopline.api.HostPort;
import io.hopline.api.Served;
import io.hopline.api.transport.Transport;
import io.hopline.socks.Stage.Mode;
import io.hopline.testkit.Hex;
import io.hopline.testkit.Loops;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** UDP ASSOCIATE, datagram by datagram; sections are those of RFC 1928 unless said otherwise. */
class AssociateRulesTest {

    @RegisterExtension
    static final Loops LOOPS = new Loops();

    @RegisterExtension
    static final Loops NIO = new Loops(Transport.NIO);

    private static final String ASSOCIATE = "05 03 00 01 00000000 0000";
    private static final String HI = text("hi");
    private static final String BYE = text("bye");

    /** An association with a client and a target. */
    private static final class Open {
        final Raw control;
        final HostPort relay;
        final Udp client;
        final Udp target;

        Open(Stage stage, String settings, String request, String targetAddress) throws Exception {
            control = stage.socks5(settings);
            client = stage.loops().closing(Udp.at("127.0.0.1"));
            target = stage.loops().closing(Udp.at(targetAddress));
            control.send(request.replace("PORT", port(client.port())));
            relay = Stage.granted5(control);
        }

        Open(Stage stage) throws Exception {
            this(stage, EVERYTHING, ASSOCIATE, "127.0.0.1");
        }

        void send(String datagram) throws Exception {
            client.send(relay, datagram);
        }

        void sendToTarget(String data) throws Exception {
            send("0000 00" + address(target.address()) + data);
        }

        /** All that came before has been dealt with: a datagram gets through both ways, and nothing else is in the way. */
        void works() throws Exception {
            sendToTarget(HI);
            target.expect(HI);
            target.send(target.lastSender(), BYE);
            client.expect("0000 00" + address(target.address()) + BYE);
        }
    }

    static Stream<Arguments> rules() {
        return Rule.each(List.of(
                new Rule("section 6: BND.ADDR is where the client has reached us", stage -> {
                    Open open = new Open(stage);
                    assertThat(open.relay.host()).isEqualTo("127.0.0.1");
                    assertThat(open.relay.port()).isNotZero();
                    open.works();
                    assertThat(open.client.lastSender()).isEqualTo(open.relay);
                }),
                new Rule("section 7: a datagram to IPv4 and its answer", stage -> new Open(stage).works()),
                new Rule(
                        "section 7: a datagram to IPv6 and its answer",
                        stage -> new Open(stage, EVERYTHING, ASSOCIATE, "::1").works()),
                new Rule("section 7: a datagram to a name, which is looked up where it is sent", stage -> {
                    Open open = new Open(stage);
                    open.send("0000 00" + address(new HostPort("localhost", open.target.port())) + HI);
                    open.target.expect(HI);
                    open.target.send(open.target.lastSender(), BYE);
                    open.client.expect("0000 00" + address(open.target.address()) + BYE);
                }),
                new Rule("section 7: one association for many targets", stage -> {
                    Open open = new Open(stage);
                    open.works();
                    Udp other = stage.loops().closing(Udp.at("::1"));
                    open.send("0000 00" + address(other.address()) + HI);
                    other.expect(HI);
                    other.send(other.lastSender(), BYE);
                    open.client.expect("0000 00" + address(other.address()) + BYE);
                    open.works();
                }),
                new Rule("RFC 768: a datagram of no bytes gets through both ways, once", stage -> {
                    Open open = new Open(stage);
                    open.sendToTarget("");
                    open.target.expect("");
                    open.target.send(open.target.lastSender(), "");
                    open.client.expect("0000 00" + address(open.target.address()));
                    open.works();
                }),
                new Rule("RFC 768: datagrams of no bytes among others, to a name that is looked up first", stage -> {
                    Open open = new Open(stage);
                    for (String data : List.of("", HI, "", BYE)) {
                        open.send("0000 00" + address(new HostPort("localhost", open.target.port())) + data);
                    }
                    open.target.expectInAnyOrder("", HI, "", BYE);
                    open.works();
                }),
                new Rule("RFC 768: a datagram of 60,000 bytes is whole", stage -> {
                    Open open = new Open(stage);
                    String much = "5a".repeat(60_000);
                    open.sendToTarget(much);
                    open.target.expect(much);
                    open.target.send(open.target.lastSender(), much);
                    open.client.expect("0000 00" + address(open.target.address()) + much);
                }),
                dropped("section 7: a fragment is dropped", "0000 01", HI),
                dropped("section 7: the last fragment is dropped", "0000 81", HI),
                dropped("section 7: RSV is 0", "0001 00", HI),
                new Rule("section 7: ATYP 2 is none", stage -> {
                    Open open = new Open(stage);
                    open.send("0000 00 02 7f000001 0050" + HI);
                    open.works();
                }),
                new Rule("section 7: a head that is cut short is dropped", stage -> {
                    Open open = new Open(stage);
                    for (String head :
                            List.of("", "00", "000000", "000000 01", "000000 01 7f000001 00", "000000 03 05 61")) {
                        open.send(head);
                    }
                    open.works();
                }),
                new Rule("section 7: a name that is none is dropped", stage -> {
                    Open open = new Open(stage);
                    open.send("0000 00 03 00 0050" + HI);
                    open.send("0000 00 03" + Hex.counted("a b") + "0050" + HI);
                    open.send("0000 00 03" + Hex.counted("a\0.org") + "0050" + HI);
                    open.works();
                }),
                new Rule("RFC 768: nobody is at port 0", stage -> {
                    Open open = new Open(stage);
                    open.send("0000 00 01 7f000001 0000" + HI);
                    open.works();
                }),
                new Rule("section 7: a datagram from another address than the client's is dropped", stage -> {
                    Open open = new Open(stage);
                    Udp stranger = stage.loops().closing(Udp.at("127.0.0.2"));
                    stranger.send(open.relay, "0000 00" + address(open.target.address()) + text("stranger"));
                    open.works();
                    stranger.send(open.relay, "0000 00" + address(open.target.address()) + text("stranger"));
                    open.works();
                }),
                new Rule("section 7: a datagram from another port than the client's first is dropped", stage -> {
                    Open open = new Open(stage);
                    open.works();
                    Udp stranger = stage.loops().closing(Udp.at("127.0.0.1"));
                    stranger.send(open.relay, "0000 00" + address(open.target.address()) + text("stranger"));
                    open.works();
                }),
                new Rule("section 4: a port that was announced is the only one", stage -> {
                    Open open = new Open(stage, EVERYTHING, "05 03 00 01 7f000001 PORT", "127.0.0.1");
                    Udp stranger = stage.loops().closing(Udp.at("127.0.0.1"));
                    stranger.send(open.relay, "0000 00" + address(open.target.address()) + text("stranger"));
                    open.works();
                }),
                new Rule("section 4: a port may be announced without an address", stage -> {
                    Open open = new Open(stage, EVERYTHING, "05 03 00 01 00000000 PORT", "127.0.0.1");
                    Udp stranger = stage.loops().closing(Udp.at("127.0.0.1"));
                    stranger.send(open.relay, "0000 00" + address(open.target.address()) + text("stranger"));
                    open.works();
                }),
                new Rule("section 4: what is announced for an address before a NAT tells no port", stage -> {
                    Open open = new Open(stage, EVERYTHING, "05 03 00 01 c0a80102 0001", "127.0.0.1");
                    open.works();
                }),
                new Rule("section 7: a datagram from a host that was never written to is dropped", stage -> {
                    Open open = new Open(stage);
                    open.works();
                    Udp stranger = stage.loops().closing(Udp.at("127.0.0.2"));
                    stranger.send(open.target.lastSender(), text("stranger"));
                    open.works();
                }),
                new Rule("RFC 4787 section 5: another port of a host that was written to may answer", stage -> {
                    Open open = new Open(stage);
                    open.works();
                    Udp other = stage.loops().closing(Udp.at("127.0.0.1"));
                    other.send(open.target.lastSender(), HI);
                    open.client.expect("0000 00" + address(other.address()) + HI);
                }),
                new Rule("section 7: a datagram to nobody is lost, and no other", stage -> {
                    Open open = new Open(stage);
                    open.send("0000 00 01 7f000001 0001" + HI);
                    open.send("0000 00 03" + Hex.counted("nobody.invalid") + "0050" + HI);
                    open.works();
                    open.works();
                }),
                new Rule("section 7: the association ends when its connection does", stage -> {
                    Open open = new Open(stage);
                    open.works();
                    open.control.close();
                    Served served = stage.observer().takeServed();
                    assertThat(served.outcome()).isEqualTo(Served.OK);
                    assertThat(served.up()).isEqualTo(2);
                    assertThat(served.down()).isEqualTo(3);
                }),
                new Rule("section 7: the association ends when its connection breaks", stage -> {
                    Open open = new Open(stage);
                    open.works();
                    open.control.reset();
                    assertThat(stage.observer().takeServed().outcome()).isEqualTo(Served.OK);
                }),
                new Rule("section 7: what is said on its connection is nothing to the association", stage -> {
                    Open open = new Open(stage);
                    open.control.send("05 01 00".repeat(1000));
                    open.works();
                }),
                new Rule("RFC 4787 section 4.3: an association without datagrams ends", stage -> {
                    Open open = new Open(stage, EVERYTHING + ", udp-idle-timeout = 100ms", ASSOCIATE, "127.0.0.1");
                    open.control.expectEnd();
                    assertThat(stage.observer().takeServed().outcome()).isEqualTo("no datagram within 100 ms");
                }),
                new Rule("section 6: it is not supported where it was not asked for", stage -> {
                    Raw client = stage.socks5("bind = true");
                    client.send(ASSOCIATE);
                    client.expect("05 07 00 01 00000000 0000");
                    client.expectEnd();
                })));
    }

    /** Whatever the address is. */
    private static Rule dropped(String name, String head, String data) {
        return new Rule(name, stage -> {
            Open open = new Open(stage);
            open.send(head + address(open.target.address()) + data);
            open.works();
            open.send(head + address(open.target.address()) + data);
            open.works();
        });
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("rules")
    void holds(Rule rule, Mode mode) throws Exception {
        rule.hold(mode, LOOPS);
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("rules")
    void holdsOverNio(Rule rule, Mode mode) throws Exception {
        rule.hold(mode, NIO);
    }
}
