package io.hopline.api.builtin;

import static org.assertj.core.api.Assertions.assertThat;

import io.hopline.api.HostPort;
import io.hopline.api.Packet;
import io.hopline.api.Session;
import io.hopline.api.SessionObserver;
import io.netty.buffer.Unpooled;
import io.netty.channel.EventLoop;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.channel.socket.DatagramPacket;
import io.netty.channel.socket.SocketProtocolFamily;
import io.netty.util.NetUtil;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.Promise;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class DirectPacketsTest {
    private final EmbeddedChannel socket = new EmbeddedChannel();
    private final Map<String, Promise<List<InetAddress>>> asked = new HashMap<>();
    private final Session session =
            Session.of("test", "test", new InetSocketAddress(0), socket.eventLoop(), SessionObserver.NONE);

    DirectPacketsTest() {
        socket.freezeTime();
        socket.pipeline().addLast(new DirectPackets(this::lookup, List.of(SocketProtocolFamily.INET), session));
    }

    @AfterEach
    void close() {
        socket.finishAndReleaseAll();
    }

    @Test
    void looksUpNoMoreNamesAtOnceThanItHoldsPackets() {
        for (int i = 0; i < 100; i++) {
            send("name" + i, "lost");
        }

        assertThat(asked).hasSize(8);
    }

    @Test
    void sendsToAddressesWhileNamesAreLookedUp() {
        for (int i = 0; i < 8; i++) {
            send("name" + i, "held");
        }
        send("192.0.2.1", "through");

        assertThat(sent()).containsExactly("through to 192.0.2.1:53");
    }

    @Test
    void looksUpTheNextNameOnceAnotherIsFound() {
        for (int i = 0; i < 8; i++) {
            send("name" + i, "held");
        }
        asked("name3").setSuccess(List.of(address("192.0.2.3")));
        send("another", "held");

        assertThat(sent()).containsExactly("held to 192.0.2.3:53");
        assertThat(asked).containsKey("another");
    }

    @Test
    void keepsToAnOldAddressWhileItCantAskAnew() {
        send("name", "first");
        asked("name").setSuccess(List.of(address("192.0.2.1")));
        for (int i = 0; i < 8; i++) {
            send("name" + i, "held");
        }
        socket.advanceTimeBy(2, TimeUnit.SECONDS);
        send("name", "second");

        assertThat(sent()).containsExactly("first to 192.0.2.1:53", "second to 192.0.2.1:53");
    }

    @Test
    void asksAnewForANameThatItFoundLongAgo() {
        send("name", "first");
        asked("name").setSuccess(List.of(address("192.0.2.1")));
        asked.clear();
        send("name", "at once");
        assertThat(asked).isEmpty();
        socket.advanceTimeBy(2, TimeUnit.SECONDS);
        send("name", "later");
        asked("name").setSuccess(List.of(address("192.0.2.2")));

        assertThat(sent()).containsExactly("first to 192.0.2.1:53", "at once to 192.0.2.1:53", "later to 192.0.2.2:53");
    }

    /** Nobody answers where nobody listens, so there is no second try; who listens on one of the two does so on 127.0.0.1. */
    @Test
    void sendsToThisMachineByIpv4() {
        send("localhost", "here");
        send("a.LocalHost.", "here");

        assertThat(sent()).containsExactly("here to 127.0.0.1:53", "here to 127.0.0.1:53");
    }

    @Test
    void sendsToOthersByIpv6() {
        send("name", "there");
        asked("name").setSuccess(List.of(address("192.0.2.1"), address("2001:db8::1")));

        assertThat(sent()).containsExactly("there to [2001:db8::1]:53");
    }

    private Future<List<InetAddress>> lookup(String name, SocketProtocolFamily family, EventLoop loop) {
        return asked.computeIfAbsent(name, one -> loop.newPromise());
    }

    private Promise<List<InetAddress>> asked(String name) {
        Promise<List<InetAddress>> lookup = asked.get(name);
        if (lookup == null) {
            throw new AssertionError("nobody asked for " + name);
        }
        return lookup;
    }

    private void send(String host, String text) {
        socket.writeOutbound(
                new Packet(new HostPort(host, 53), Unpooled.copiedBuffer(text, StandardCharsets.US_ASCII)));
    }

    /** What has left the socket, and to whom. */
    private List<String> sent() {
        List<String> sent = new ArrayList<>();
        for (DatagramPacket packet = socket.readOutbound(); packet != null; packet = socket.readOutbound()) {
            sent.add(packet.content().toString(StandardCharsets.US_ASCII) + " to " + HostPort.of(packet.recipient()));
            packet.release();
        }
        return sent;
    }

    private static InetAddress address(String literal) {
        return NetUtil.createInetAddressFromIpAddressString(literal);
    }
}
