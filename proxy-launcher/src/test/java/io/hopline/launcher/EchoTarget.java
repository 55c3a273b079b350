package io.hopline.launcher;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.hopline.api.HostPort;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A target that sends back what it reads, and {@link #GOODBYE} once the other side has said its last. */
final class EchoTarget implements AutoCloseable {

    static final String GOODBYE = " goodbye";

    private final ServerSocket listening;
    private final ExecutorService threads = Executors.newCachedThreadPool();

    EchoTarget() {
        try {
            listening = new ServerSocket(0, 128, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        threads.execute(this::accept);
    }

    HostPort address() {
        return HostPort.of((InetSocketAddress) listening.getLocalSocketAddress());
    }

    private void accept() {
        while (true) {
            try {
                Socket socket = listening.accept();
                threads.execute(() -> echo(socket));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private static void echo(Socket socket) {
        try (socket) {
            socket.getInputStream().transferTo(socket.getOutputStream());
            socket.getOutputStream().write(GOODBYE.getBytes(US_ASCII));
        } catch (IOException aborted) {
            // The test that aborts looks at its own end.
        }
    }

    @Override
    public void close() throws IOException {
        listening.close();
        threads.shutdownNow();
    }
}
