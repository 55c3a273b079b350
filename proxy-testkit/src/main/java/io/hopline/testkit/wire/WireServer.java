package io.hopline.testkit.wire;

import io.hopline.api.HostPort;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A server on a loopback port whose connections a test takes one by one. */
public final class WireServer implements AutoCloseable {

    private final ServerSocket listener;
    private final BlockingQueue<Wire> accepted = new LinkedBlockingQueue<>();
    private int connections;

    public WireServer() throws IOException {
        listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Thread accepting = new Thread(this::accept, "wire-server");
        accepting.setDaemon(true);
        accepting.start();
    }

    public HostPort address() {
        return new HostPort("127.0.0.1", listener.getLocalPort());
    }

    /** The next connection that was made to this server. */
    public Wire accepted() throws InterruptedException {
        Wire wire = accepted.poll(10, TimeUnit.SECONDS);
        if (wire == null) {
            throw new AssertionError("nobody connected");
        }
        return wire;
    }

    /** How many connections were made so far. */
    public synchronized int connections() {
        return connections;
    }

    private void accept() {
        try {
            while (true) {
                Socket socket = listener.accept();
                synchronized (this) {
                    connections++;
                }
                accepted.add(new Wire(socket));
            }
        } catch (IOException closed) {
            // The test is over.
        }
    }

    @Override
    public void close() throws IOException {
        listener.close();
        for (@Nullable Wire wire = accepted.poll(); wire != null; wire = accepted.poll()) {
            wire.close();
        }
    }
}
