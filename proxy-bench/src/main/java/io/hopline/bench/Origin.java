package io.hopline.bench;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Answers each request with a short response, or with {@link #BULK} bytes if it begins with B; allocates next to nothing. */
final class Origin implements AutoCloseable {

    /** How much is sent for a request of bulk. */
    static final int BULK = 1 << 20;

    /** What every short response ends with. */
    static final byte[] LAST = {'w', 'e', 'l', 'l'};

    private static final byte[] ANSWER = ("HTTP/1.1 200 OK\r\nDate: Sun, 06 Nov 1994 08:49:37 GMT\r\nServer: origin\r\n"
                    + "Content-Type: text/plain\r\nContent-Length: 4\r\n\r\nwell")
            .getBytes(StandardCharsets.US_ASCII);

    private final ServerSocketChannel listener = ServerSocketChannel.open();
    private final ExecutorService threads = Executors.newCachedThreadPool(task -> {
        Thread thread = new Thread(task, "origin");
        thread.setDaemon(true);
        return thread;
    });

    Origin() throws IOException {
        listener.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 64);
        threads.execute(this::accept);
    }

    InetSocketAddress address() throws IOException {
        return (InetSocketAddress) listener.getLocalAddress();
    }

    private void accept() {
        try {
            while (true) {
                SocketChannel client = listener.accept();
                threads.execute(() -> serve(client));
            }
        } catch (IOException over) {
            // Closed.
        }
    }

    private static void serve(SocketChannel client) {
        ByteBuffer request = ByteBuffer.allocateDirect(4096);
        ByteBuffer answer = direct(ANSWER);
        ByteBuffer bulk = ByteBuffer.allocateDirect(64 << 10);
        try (client) {
            Wire.prepare(client);
            while (Wire.readUntil(client, request, Wire.HEAD_END)) {
                if (request.get(0) == 'B') {
                    for (int sent = 0; sent < BULK; sent += bulk.capacity()) {
                        Wire.write(client, bulk);
                    }
                } else {
                    Wire.write(client, answer);
                }
            }
        } catch (IOException left) {
            // So did the client.
        }
    }

    private static ByteBuffer direct(byte[] bytes) {
        return ByteBuffer.allocateDirect(bytes.length).put(bytes).flip();
    }

    @Override
    public void close() throws IOException {
        listener.close();
        threads.shutdownNow();
    }
}
