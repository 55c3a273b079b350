package io.hopline.testkit.builtin;

import static org.assertj.core.api.Assertions.assertThat;

import io.hopline.api.DialException.Reason;
import io.hopline.api.Hop;
import io.hopline.api.HopRef;
import io.hopline.api.HostPort;
import io.hopline.api.Step;
import io.hopline.api.builtin.DirectOutboundFactory;
import io.hopline.api.settings.Settings;
import io.hopline.api.transport.TcpChannels;
import io.hopline.testkit.BareOutboundContract;
import io.hopline.testkit.Carrier;
import io.hopline.testkit.Target;
import io.hopline.testkit.Wire;
import io.netty.channel.ChannelHandler;
import io.netty.channel.embedded.EmbeddedChannel;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The outbound that opens the sockets of a chain. */
final class DirectOutboundTest extends BareOutboundContract {

    private static final HostPort NAME = new HostPort("name.invalid", 443);

    public static Stream<Carrier> carriers() {
        return Stream.of(Carrier.SOCKET);
    }

    @Override
    protected Hop hop() {
        return direct("");
    }

    @Override
    public List<Failing> failing() throws Exception {
        Hop unknowing = direct("name-servers = \"" + unknowing() + "\"");
        Hop hasty = direct("connect-timeout = 200ms, name-servers = \"" + address(silent()) + "\"");
        return List.of(
                failing("a target that refuses connections", hop(), Target.refusing(), Reason.REFUSED, Step.CONNECT),
                failing("a target whose name is unknown", unknowing, NAME, Reason.UNREACHABLE, Step.RESOLVE),
                failing("a name server that is silent", hasty, NAME, Reason.TIMEOUT, Step.RESOLVE));
    }

    private static Failing failing(String name, Hop hop, HostPort target, Reason reason, Step step) {
        return new Failing(name, hop, target, reason, HopRef.TARGET, step);
    }

    /** A socket's own handler. */
    @Override
    protected List<ChannelHandler> bare(List<ChannelHandler> beneath) {
        EmbeddedChannel socket = new EmbeddedChannel();
        TcpChannels.prepare(socket);
        return List.of(socket.pipeline().first());
    }

    @Test
    void stopsTheLookupWhenTheClientBreaksOff() throws Exception {
        DatagramSocket nameServer = silent();
        String patient = "connect-timeout = 1m, dns-timeout = 1m, ";
        Wire client = enter(direct(patient + "name-servers = \"" + address(nameServer) + "\""), NAME);
        nameServer.receive(new DatagramPacket(new byte[512], 512));
        client.reset();
        assertThat(observer.takeServed().outcome()).isEqualTo("client left during the dial");
    }

    private static Hop direct(String hocon) {
        return Settings.read("outbound.direct", hocon, new DirectOutboundFactory()::read);
    }

    /** A name server that says nothing. */
    private static DatagramSocket silent() throws IOException {
        DatagramSocket socket = new DatagramSocket(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        socket.setSoTimeout(10_000);
        return LOOPS.closing(socket);
    }

    /** A name server that knows no name: it sends each question back with QR set and RCODE 3 (RFC 1035 section 4.1.1). */
    private static HostPort unknowing() throws IOException {
        DatagramSocket socket = silent();
        Thread answering = new Thread(() -> answer(socket), "unknowing");
        answering.setDaemon(true);
        answering.start();
        return address(socket);
    }

    private static void answer(DatagramSocket socket) {
        DatagramPacket question = new DatagramPacket(new byte[512], 512);
        try {
            while (true) {
                socket.receive(question);
                question.getData()[2] |= (byte) 0x80;
                question.getData()[3] |= 3;
                socket.send(question);
                question.setLength(512);
            }
        } catch (IOException closed) {
            // The test is over.
        }
    }

    private static HostPort address(DatagramSocket socket) {
        return HostPort.of((InetSocketAddress) socket.getLocalSocketAddress());
    }
}
