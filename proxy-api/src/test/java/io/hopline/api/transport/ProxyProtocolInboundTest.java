package io.hopline.api.transport;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.hopline.api.Served;
import io.hopline.api.Session;
import io.hopline.api.SessionObserver;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What comes in front of a client's own bytes, by haproxy's proxy-protocol.txt: who the client is, or why it is nobody's. */
final class ProxyProtocolInboundTest {

    private static final SocketAddress BALANCER = new InetSocketAddress("192.0.2.1", 99);
    private static final String SIGNATURE = "0d0a0d0a 000d0a51 5549540a ";
    private static final String V4 = "c0000207 0a000001 1267 0050 ";
    private static final String V6 =
            "20010db8 00000000 00000000 00000007 20010db8 00000000 00000000 00000001 1267 0050 ";
    /** As haproxy 2.6 sends it by {@code send-proxy-v2 proxy-v2-options crc32c}. */
    private static final String SUMMED = SIGNATURE + "21 11 0013 7f090807 7f000001 d39b aef1 03 0004 a2754fa3";

    private final EmbeddedChannel client = new EmbeddedChannel();
    private final List<SocketAddress> served = new ArrayList<>();
    private final List<String> outcomes = new ArrayList<>();
    private final List<ByteBuf> said = new ArrayList<>();

    @AfterEach
    void losesNoBuffer() {
        client.finishAndReleaseAll();
        assertThat(said).allSatisfy(piece -> assertThat(piece.refCnt()).isZero());
    }

    @ParameterizedTest
    @CsvSource({
        "PROXY TCP4 192.0.2.7 10.0.0.1 4711 80, 192.0.2.7, 4711",
        "PROXY TCP4 255.255.255.255 255.255.255.255 65535 65535, 255.255.255.255, 65535",
        "PROXY TCP4 192.0.2.7 10.0.0.1 0 0, 192.0.2.7, 0",
        "PROXY TCP6 2001:db8::7 ::1 4711 80, 2001:db8::7, 4711",
        "PROXY TCP6 2001:0DB8:0000:0000:0000:0000:0000:0007 ::1 4711 80, 2001:db8::7, 4711",
        "PROXY TCP6 ::ffff:c000:207 ::1 4711 80, 192.0.2.7, 4711",
        "PROXY UNKNOWN, 192.0.2.1, 99",
        "PROXY UNKNOWN what ever, 192.0.2.1, 99",
        "PROXY UNKNOWN ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff 65535 65535,"
                + " 192.0.2.1, 99"
    })
    void knowsWhomALineNames(String line, String address, int port) {
        come(text(line + "\r\nGET"));
        isServed(new InetSocketAddress(address, port), "GET");
    }

    @ParameterizedTest
    @CsvSource({
        "21 11 000c " + V4 + ", 192.0.2.7, 4711",
        "21 12 000c " + V4 + ", 192.0.2.7, 4711",
        "21 21 0024 " + V6 + ", 2001:db8::7, 4711",
        "21 22 0024 " + V6 + ", 2001:db8::7, 4711",
        "21 11 0012 " + V4 + "04 0003 000000, 192.0.2.7, 4711",
        "21 11 000f " + V4 + "04 0000, 192.0.2.7, 4711",
        "21 11 001a " + V4 + "20 000b 01 00000000 21 0003 544c53, 192.0.2.7, 4711",
        "21 00 0000, 192.0.2.1, 99",
        "21 00 0003 112233, 192.0.2.1, 99",
        "21 10 000c " + V4 + ", 192.0.2.1, 99",
        "20 00 0000, 192.0.2.1, 99",
        "20 11 000c " + V4 + ", 192.0.2.1, 99",
        "20 ff 0003 112233, 192.0.2.1, 99"
    })
    void knowsWhomBytesName(String header, String address, int port) {
        come(hex(SIGNATURE + header), text("GET"));
        isServed(new InetSocketAddress(address, port), "GET");
    }

    @Test
    void takesASocketOfAnotherKindForNobodysAddress() {
        come(hex(SIGNATURE + "21 31 00d8" + "00".repeat(216)), text("GET"));
        isServed(BALANCER, "GET");
    }

    /** Section 2.2.3. */
    @Test
    void checksTheSumOfAHeaderThatHasOne() {
        come(hex(SUMMED), text("GET"));
        isServed(new InetSocketAddress("127.9.8.7", 54171), "GET");
    }

    @Test
    void checksTheSumThatStandsBetweenOtherThings() {
        come(hex(SIGNATURE + "21 11 001a " + V4 + "04 0001 00 03 0004 7eaeaeec 04 0000"), text("GET"));
        isServed(new InetSocketAddress("192.0.2.7", 4711), "GET");
    }

    @ParameterizedTest
    @ValueSource(strings = {"PROXY TCP4 192.0.2.7 10.0.0.1 4711 80", "PROXY UNKNOWN"})
    void readsALineByteByByte(String line) {
        for (byte each : (line + "\r\n").getBytes(US_ASCII)) {
            assertThat(served).isEmpty();
            come(Unpooled.wrappedBuffer(new byte[] {each}));
        }
        assertThat(served).hasSize(1);
        assertThat(outcomes).isEmpty();
    }

    @Test
    void readsBytesByteByByte() {
        ByteBuf header = hex(SUMMED);
        while (header.isReadable()) {
            assertThat(served).isEmpty();
            come(header.readRetainedSlice(1));
        }
        header.release();
        assertThat(served).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "PROXY ",
                "PROXY UNKNOWNS",
                "PROXY TCP4 192.0.2.7 10.0.0.1 4711",
                "PROXY TCP4 192.0.2.7 10.0.0.1 4711 80 1",
                "PROXY TCP4 192.0.2.7 10.0.0.1 4711 80 ",
                "PROXY TCP4  192.0.2.7 10.0.0.1 4711 80",
                "PROXY TCP5 192.0.2.7 10.0.0.1 4711 80",
                "PROXY TCP4 2001:db8::7 ::1 4711 80",
                "PROXY TCP6 192.0.2.7 10.0.0.1 4711 80",
                "PROXY TCP4 192.0.2.07 10.0.0.1 4711 80",
                "PROXY TCP4 192.0.2.7 10.0.0.256 4711 80",
                "PROXY TCP6 [2001:db8::7] ::1 4711 80",
                "PROXY TCP6 2001:db8::7%1 ::1 4711 80",
                "PROXY TCP4 192.0.2.7 10.0.0.1 65536 80",
                "PROXY TCP4 192.0.2.7 10.0.0.1 04711 80",
                "PROXY TCP4 192.0.2.7 10.0.0.1 4711 -1",
                "PROXY TCP4 192.0.2.7 10.0.0.1 4711 80\nGET / HTTP/1.1"
            })
    void turnsAwayWhatIsNoSuchLine(String line) {
        come(text(line + "\r\nGET"));
        isTurnedAway("malformed", "\"" + line.replace('\n', '?') + "\"");
    }

    @Test
    void turnsAwayALineWithoutAnEnd() {
        come(text("PROXY UNKNOWN " + "x".repeat(93)));
        isTurnedAway("malformed", "107 bytes");
    }

    @ParameterizedTest
    @CsvSource({
        "11 11 000c " + V4 + ", version and command 0x11",
        "31 11 000c " + V4 + ", version and command 0x31",
        "22 11 000c " + V4 + ", version and command 0x22",
        "21 41 000c " + V4 + ", family and protocol 0x41",
        "21 13 000c " + V4 + ", family and protocol 0x13",
        "21 11 000b " + V4 + ", 11 bytes",
        "21 21 0023 " + V6 + ", 35 bytes",
        "21 31 00d7 " + V6 + ", 215 bytes",
        "21 11 20d9 " + V4 + ", 8409 bytes",
        "21 11 000d " + V4 + "04, beyond",
        "21 11 0010 " + V4 + "04 0002 00, beyond",
        "21 11 0013 " + V4 + "04 0001 00 04 0001, beyond",
        "21 11 0012 " + V4 + "03 0003 000000, checksum",
    })
    void turnsAwayMalformedBytes(String header, String why) {
        come(hex(SIGNATURE + header), text("GET".repeat(80)));
        isTurnedAway("malformed", why);
    }

    @Test
    void turnsAwayAHeaderThatIsNotAsItsSumSays() {
        come(hex(SUMMED.replace("7f090807", "7f090808")));
        isTurnedAway("malformed", "checksum 0xa2754fa3");
    }

    /** And as soon as that is clear. */
    @ParameterizedTest
    @ValueSource(strings = {"G", "PROXX", "PROXY\r", "PROXYTCP4", "\r\n\r\n\0\r\nQUIT\r"})
    void turnsAwayWhatBeginsOtherwise(String said) {
        come(text(said));
        isTurnedAway("none", "0x", "proxy-protocol.from");
    }

    private void come(ByteBuf... pieces) {
        if (client.pipeline().firstContext() == null) {
            new InboundProxyProtocol(List.of(), Duration.ofSeconds(10))
                    .over((channel, session) -> {
                        served.add(session.client());
                        channel.read();
                    })
                    .accept(client, Session.of("front", "direct", BALANCER, client.eventLoop(), observer()));
        }
        ByteBuf piece = Unpooled.wrappedBuffer(pieces);
        said.add(piece);
        client.writeInbound(piece);
        client.runPendingTasks();
    }

    private void isServed(SocketAddress address, String behind) {
        assertThat(outcomes).isEmpty();
        assertThat(served).containsExactly(address);
        ByteBuf rest = client.readInbound();
        assertThat(rest.toString(US_ASCII)).isEqualTo(behind);
        rest.release();
    }

    private void isTurnedAway(String... why) {
        assertThat(served).isEmpty();
        assertThat(client.isOpen()).isFalse();
        assertThat(outcomes)
                .singleElement()
                .asString()
                .contains("PROXY protocol header")
                .contains(why);
        assertThat(client.inboundMessages()).isEmpty();
    }

    private SessionObserver observer() {
        return new SessionObserver() {
            @Override
            public void served(Session session, Served what) {
                outcomes.add(what.outcome());
            }
        };
    }

    private static ByteBuf text(String text) {
        return Unpooled.copiedBuffer(text, US_ASCII);
    }

    private static ByteBuf hex(String hex) {
        return Unpooled.wrappedBuffer(HexFormat.of().parseHex(hex.replace(" ", "")));
    }
}
