package io.hopline.socks;

import static io.hopline.testkit.Hex.text;
import static org.assertj.core.api.Assertions.assertThat;

import io.hopline.api.DialException.Reason;
import io.hopline.api.HostPort;
import io.hopline.api.Packet;
import io.hopline.testkit.Hex;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the client side sends to the relay that a server told of, and takes from it; sections are those of RFC 1928. */
class AskedRelayTest {

    private static final Socks5Hop HOP = Socks5Hop.to(HostPort.parse("10.0.0.5:1080"));
    private static final HostPort RELAY = HostPort.parse("10.0.0.6:4660");
    private static final HostPort TARGET = HostPort.parse("192.0.2.1:53");
    private static final String GRANTED = "05 00 00 01 0a000006 1234";
    private static final String HEAD = "00000001c00002010035";

    private static OutboundProbe asked() {
        return asked(HOP);
    }

    private static OutboundProbe asked(Socks5Hop hop) {
        OutboundProbe probe = OutboundProbe.associating(hop);
        probe.send("05 00");
        return probe;
    }

    private static OutboundProbe open(String granted) {
        OutboundProbe probe = asked();
        probe.send(granted);
        assertThat(probe.open()).isTrue();
        return probe;
    }

    @Test
    void asksWithoutAnAddress() {
        try (OutboundProbe probe = asked()) {
            assertThat(probe.told()).as("section 4").isEqualTo("05010005030001000000000000");
        }
    }

    @ParameterizedTest(name = "section 6: {0} is {1}")
    @CsvSource({
        "05 00 00 01 0a000006 1234, 10.0.0.6:4660",
        "05 00 00 04 20010db8000000000000000000000001 1234, [2001:db8::1]:4660",
        "05 00 00 03 0d 72656c61792e6578616d706c65 1234, relay.example:4660",
        "05 00 00 01 00000000 1234, 10.0.0.5:4660",
        "05 00 00 04 00000000000000000000000000000000 1234, 10.0.0.5:4660",
        "05 00 00 03 07 302e302e302e30 1234, 10.0.0.5:4660"
    })
    void sendsToWhereTheServerSays(String granted, String relay) {
        try (OutboundProbe probe = open(granted)) {
            probe.packets().writeOutbound(new Packet(TARGET, Unpooled.copiedBuffer(new byte[] {'h', 'i'})));
            Packet outer = probe.packets().readOutbound();
            assertThat(outer.peer()).isEqualTo(HostPort.parse(relay));
            assertThat(ByteBufUtil.hexDump(outer.content())).isEqualTo(HEAD + text("hi"));
            outer.release();
        }
    }

    @ParameterizedTest(name = "section 7: {0}")
    @ValueSource(strings = {HEAD + "6869", HEAD})
    void takesWhatTheRelaySends(String datagram) {
        try (OutboundProbe probe = open(GRANTED)) {
            receive(probe, RELAY, datagram);
            Packet inner = probe.packets().readInbound();
            assertThat(inner.peer()).isEqualTo(TARGET);
            assertThat(HEAD + ByteBufUtil.hexDump(inner.content())).isEqualTo(datagram);
            inner.release();
        }
    }

    @ParameterizedTest(name = "section 6: :: is {0}")
    @CsvSource({
        "[2001:DB8:0::1]:1080, [2001:db8::1]:4660",
        "[::ffff:192.0.2.7]:1080, 192.0.2.7:4660",
        "[fe80::1%7]:1080, [fe80::1]:4660",
        "[fe80::1%eth0]:1080, [fe80::1]:4660"
    })
    void takesWhatTheRelaySendsHoweverItsAddressIsWritten(String server, String sender) {
        try (OutboundProbe probe = asked(Socks5Hop.to(HostPort.parse(server)))) {
            probe.send("05 00 00 04 00000000000000000000000000000000 1234");
            assertThat(probe.open()).isTrue();
            receive(probe, HostPort.parse("[2001:db8::2]:4660"), HEAD);
            receive(probe, HostPort.parse(sender), HEAD + "6869");
            Packet inner = probe.packets().readInbound();
            assertThat(ByteBufUtil.hexDump(inner.content())).isEqualTo("6869");
            inner.release();
        }
    }

    @ParameterizedTest(name = "section 7: {0}")
    @ValueSource(
            strings = {
                "",
                "000000",
                "00000001c0000201",
                "00000101c000020100356869",
                "01000001c000020100356869",
                "00000002c000020100356869",
                "000000030000356869",
                "00000001c000020100006869"
            })
    void dropsWhatIsNoDatagramOfARelay(String datagram) {
        try (OutboundProbe probe = open(GRANTED)) {
            receive(probe, RELAY, datagram);
            assertThat(probe.packets().<Object>readInbound()).isNull();
            assertThat(probe.packets().isOpen()).isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"10.0.0.7:4660", "10.0.0.6:4661", "192.0.2.1:53"})
    void takesNothingFromAnybodyElse(String stranger) {
        try (OutboundProbe probe = open(GRANTED)) {
            receive(probe, HostPort.parse(stranger), HEAD + "6869");
            assertThat(probe.packets().<Object>readInbound()).isNull();
        }
    }

    @Test
    void doesNotCareWhatTheServerSaysBehindItsReply() {
        try (OutboundProbe probe = open(GRANTED + text("more"))) {
            probe.send(text("and more"));
            assertThat(probe.packets().isOpen()).isTrue();
            assertThat(probe.packets().<Object>readInbound()).isNull();
        }
    }

    @Test
    void endsWithTheConnectionToTheServer() {
        try (OutboundProbe probe = open(GRANTED)) {
            probe.server().pipeline().fireUserEventTriggered(ChannelInputShutdownEvent.INSTANCE);
            assertThat(probe.packets().isOpen()).isFalse();
        }
    }

    @Test
    void endsTheConnectionToTheServerWithItself() {
        try (OutboundProbe probe = open(GRANTED)) {
            probe.packets().close();
            assertThat(probe.server().isOpen()).isFalse();
        }
    }

    @Test
    void tellsOfAReplyCutShortAtEachByte() {
        String all = GRANTED.replace(" ", "");
        for (int length = 0; length < all.length(); length += 2) {
            try (OutboundProbe probe = asked()) {
                probe.send(all.substring(0, length));
                probe.server().close();
                assertThat(probe.failure().reason()).as("behind %s", length / 2).isEqualTo(Reason.PROTOCOL);
            }
        }
    }

    private static void receive(OutboundProbe probe, HostPort from, String datagram) {
        probe.packets().writeInbound(new Packet(from, Unpooled.wrappedBuffer(Hex.bytes(datagram))));
    }
}
