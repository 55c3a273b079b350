package io.hopline.socks;

import static io.hopline.testkit.Hex.counted;
import static io.hopline.testkit.Hex.text;

import io.hopline.api.Chain;
import io.hopline.api.Entry;
import io.hopline.api.Hop;
import io.hopline.api.HostPort;
import io.hopline.api.Inbound;
import io.hopline.api.Outbound;
import io.hopline.api.builtin.DirectOutbound;
import io.hopline.api.settings.Settings;
import io.hopline.api.transport.InboundLayers;
import io.hopline.testkit.Hex;
import io.hopline.testkit.Loops;
import io.hopline.testkit.RecordingObserver;
import io.hopline.testkit.TestListener;
import io.netty.util.NetUtil;
import java.util.Map;
import java.util.function.UnaryOperator;

/** One rule's proxy and client, in one of the ways that every rule is tried in. */
final class Stage {

    /** How the client reaches the target. */
    enum Mode {
        /** Straight. */
        PLAIN,
        /** By TLS to the proxy. */
        TLS,
        /** With user and password, or a user id. */
        PASSWORD,
        /** Through a hop of ours and an exit of ours. */
        CHAINED
    }

    static final String EVERYTHING = "udp = true, bind = true";
    static final String CONNECT_ALONE = "bind = false";

    /** One certificate for all: making it takes longer than everything else. */
    private static final InboundLayers TLS =
            Settings.read("", "tls { self-signed = true }", s -> InboundLayers.read(s, Map.of()));

    private final Mode mode;
    private final Loops loops;
    private final RecordingObserver observer = new RecordingObserver();

    Stage(Mode mode, Loops loops) {
        this.mode = mode;
        this.loops = loops;
    }

    Mode mode() {
        return mode;
    }

    Loops loops() {
        return loops;
    }

    /** What the inbound that the client speaks to tells. */
    RecordingObserver observer() {
        return observer;
    }

    /** A client of SOCKS5 whose next message is its request. */
    Raw socks5(String settings) throws Exception {
        Raw client = connect(true, settings);
        greet(client);
        return client;
    }

    /** A client of SOCKS4 that has said nothing yet. */
    Raw socks4(String settings) throws Exception {
        return connect(false, settings);
    }

    /** A client of SOCKS5 that has said nothing yet. */
    Raw silent5() throws Exception {
        return connect(true, EVERYTHING);
    }

    /** What introduces the client. */
    String greeting() {
        return mode == Mode.PASSWORD ? "05 01 02 01" + counted("alice") + counted("secret") : "05 01 00";
    }

    /** What answers that. */
    String greeted() {
        return mode == Mode.PASSWORD ? "05 02 01 00" : "05 00";
    }

    void greet(Raw client) throws Exception {
        client.send(greeting());
        client.expect(greeted());
    }

    /** SOCKS4's user id, with its end. */
    String userId() {
        return mode == Mode.PASSWORD ? text("alice\0") : "00";
    }

    /** A request of SOCKS4 for a target on 127.0.0.1. */
    String socks4Request(HostPort target) {
        return "04 01" + port(target.port()) + "7f000001" + userId();
    }

    /** ATYP, address and port. */
    static String address(HostPort at) {
        byte[] literal = NetUtil.createByteArrayFromIpAddressString(at.host());
        String host =
                literal == null ? "03" + counted(at.host()) : (literal.length == 4 ? "01" : "04") + Hex.of(literal);
        return host + port(at.port());
    }

    static String port(int port) {
        return String.format("%04x", port);
    }

    /** Reads a reply of SOCKS5 that grants, and returns its address. */
    static HostPort granted5(Raw client) throws Exception {
        client.expect("05 00 00");
        String type = client.read(1);
        String host = client.read(type.equals("01") ? 4 : 16);
        return new HostPort(NetUtil.bytesToIpAddress(Hex.bytes(host)), Integer.parseInt(client.read(2), 16));
    }

    /** Reads a reply of SOCKS4 that grants, and returns its address. */
    static HostPort granted4(Raw client) throws Exception {
        client.expect("00 5a");
        int port = Integer.parseInt(client.read(2), 16);
        return new HostPort(NetUtil.bytesToIpAddress(Hex.bytes(client.read(4))), port);
    }

    private Raw connect(boolean five, String settings) throws Exception {
        String users = five && mode == Mode.PASSWORD ? ", users { alice = secret }" : "";
        Inbound served = inbound(five, settings + users, outbound(five));
        Inbound inbound = mode == Mode.TLS ? TLS.over(served, false, UnaryOperator.identity()) : served;
        TestListener front = loops.closing(TestListener.bind(loops, inbound, observer));
        return loops.closing(Raw.connect(front.address(), mode == Mode.TLS));
    }

    private Outbound outbound(boolean five) throws Exception {
        if (mode != Mode.CHAINED) {
            return DirectOutbound.withDefaults();
        }
        Inbound served = inbound(five, EVERYTHING, DirectOutbound.withDefaults());
        TestListener exit = loops.closing(TestListener.bind(loops, served, new RecordingObserver()));
        Hop hop = five ? Socks5Hop.to(exit.address()) : Socks4Hop.withNamesTo(exit.address());
        return Chain.of(hop).over(DirectOutbound.withDefaults());
    }

    private static Inbound inbound(boolean five, String hocon, Outbound outbound) {
        String kind = five ? "inbound.socks5" : "inbound.socks4";
        return Settings.read(kind, five ? hocon : hocon.replace("udp = true, ", ""), settings -> {
            Entry entry = five ? Socks5Entry.read(settings) : Socks4Entry.read(settings);
            return entry.to(outbound);
        });
    }
}
