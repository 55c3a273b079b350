package io.hopline.socks;

import io.hopline.api.HostPort;
import io.hopline.testkit.Hex;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A UDP socket that a test plays with; datagrams are in hex. */
final class Udp implements AutoCloseable {

    private static final int DEADLINE_MILLIS = 10_000;

    private final DatagramSocket socket;
    private HostPort lastSender = new HostPort("0.0.0.0", 0);

    private Udp(DatagramSocket socket) throws IOException {
        this.socket = socket;
        socket.setSoTimeout(DEADLINE_MILLIS);
    }

    /** At a free port of the address. */
    static Udp at(String address) throws IOException {
        return new Udp(new DatagramSocket(0, InetAddress.getByName(address)));
    }

    HostPort address() {
        return HostPort.of((InetSocketAddress) socket.getLocalSocketAddress());
    }

    int port() {
        return socket.getLocalPort();
    }

    void send(HostPort to, String hex) throws IOException {
        byte[] bytes = Hex.bytes(hex);
        socket.send(new DatagramPacket(bytes, bytes.length, InetAddress.getByName(to.host()), to.port()));
    }

    /** The next datagram. */
    String receive() throws IOException {
        DatagramPacket datagram = new DatagramPacket(new byte[0x10000], 0x10000);
        socket.receive(datagram);
        lastSender = HostPort.of((InetSocketAddress) datagram.getSocketAddress());
        return Hex.of(Arrays.copyOf(datagram.getData(), datagram.getLength()));
    }

    /** The next datagram is this one. */
    void expect(String hex) throws IOException {
        String got = receive();
        String wanted = Hex.of(Hex.bytes(hex));
        if (!got.equals(wanted)) {
            throw new AssertionError("expected " + wanted + ", got " + got);
        }
    }

    /** The next datagrams are these. */
    void expectInAnyOrder(String... hex) throws IOException {
        List<String> missing = new ArrayList<>(List.of(hex));
        while (!missing.isEmpty()) {
            String got = receive();
            if (!missing.remove(got)) {
                throw new AssertionError("expected one of " + missing + ", got " + got);
            }
        }
    }

    /** Where the last datagram came from. */
    HostPort lastSender() {
        return lastSender;
    }

    @Override
    public void close() {
        socket.close();
    }
}
