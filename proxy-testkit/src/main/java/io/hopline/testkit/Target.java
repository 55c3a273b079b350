package io.hopline.testkit;

import io.hopline.api.HostPort;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.StandardSocketOptions;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.ArrayDeque;
import java.util.Queue;

/** A listening socket on a free loopback port; the test takes each connection and plays the other end itself. */
public final class Target implements AutoCloseable {

    private static final int DEADLINE_MILLIS = 10_000;

    private final ServerSocketChannel channel;
    private final Queue<SocketChannel> waiting = new ArrayDeque<>();
    private int taken;

    private Target(ServerSocketChannel channel) {
        this.channel = channel;
    }

    public static Target listen() throws IOException {
        ServerSocketChannel channel = ServerSocketChannel.open();
        channel.setOption(StandardSocketOptions.SO_RCVBUF, Wire.KERNEL_BUFFER);
        channel.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        channel.socket().setSoTimeout(DEADLINE_MILLIS);
        return new Target(channel);
    }

    /** A loopback address that refuses connections, and that nobody else gets while this JVM runs. */
    public static HostPort refusing() {
        return Refusing.ADDRESS;
    }

    public HostPort address() {
        return HostPort.of((InetSocketAddress) channel.socket().getLocalSocketAddress());
    }

    /** How many connections were made so far. */
    public int connections() throws IOException {
        channel.configureBlocking(false);
        for (SocketChannel next = channel.accept(); next != null; next = channel.accept()) {
            waiting.add(next);
        }
        channel.configureBlocking(true);
        return taken + waiting.size();
    }

    /** Takes the next connection; fails the test if none comes within ten seconds. */
    public Wire accept() throws IOException {
        try {
            SocketChannel next = waiting.poll();
            next = next == null ? channel.socket().accept().getChannel() : next;
            taken++;
            return new Wire(next);
        } catch (SocketTimeoutException e) {
            throw new AssertionError("nobody connected within " + DEADLINE_MILLIS + " ms", e);
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
        for (SocketChannel next = waiting.poll(); next != null; next = waiting.poll()) {
            next.close();
        }
    }

    /** Bound, but not listening: the port of a listener that is gone may be the next that somebody is given. */
    private static final class Refusing {

        private static final Socket SOCKET = new Socket();
        private static final HostPort ADDRESS = bind();

        private static HostPort bind() {
            try {
                SOCKET.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            return HostPort.of((InetSocketAddress) SOCKET.getLocalSocketAddress());
        }
    }
}
