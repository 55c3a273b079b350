package io.hopline.launcher.cli;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;

/** An origin on loopback with one answer, and the clients that ask a proxy for it. */
final class RehearsalOrigin implements AutoCloseable {

    private static final int PATIENCE_MILLIS = 20_000;

    private final ServerSocket socket = new ServerSocket(0, 16, InetAddress.getLoopbackAddress());
    private final String get;
    private final String connect;

    RehearsalOrigin() throws IOException {
        String authority = "127.0.0.1:" + socket.getLocalPort();
        get = "GET http://" + authority + "/ HTTP/1.1\r\nHost: " + authority + "\r\nConnection: close\r\n\r\n";
        connect = "CONNECT " + authority + " HTTP/1.1\r\nHost: " + authority + "\r\n\r\n";
        Thread thread = new Thread(this::answer);
        thread.setDaemon(true);
        thread.start();
    }

    void askByRequest(InetSocketAddress proxy) throws IOException {
        ask(proxy, ascii(get));
    }

    void askByConnect(InetSocketAddress proxy) throws IOException {
        ask(proxy, ascii(connect + get));
    }

    /** By a client that knows beforehand what it will be answered (RFC 1928). */
    void askBySocks5(InetSocketAddress proxy) throws IOException {
        ask(
                proxy,
                ByteBuffer.allocate(13 + get.length())
                        .put(new byte[] {5, 1, 0, 5, 1, 0, 1, 127, 0, 0, 1})
                        .putShort((short) socket.getLocalPort())
                        .put(ascii(get))
                        .array());
    }

    private static void ask(InetSocketAddress proxy, byte[] request) throws IOException {
        try (Socket client = new Socket(proxy.getAddress(), proxy.getPort())) {
            client.setSoTimeout(PATIENCE_MILLIS);
            client.getOutputStream().write(request);
            String answer = new String(client.getInputStream().readAllBytes(), US_ASCII);
            if (!answer.endsWith("well")) {
                throw new IOException("the rehearsal went wrong: " + answer);
            }
        }
    }

    private void answer() {
        try {
            while (true) {
                try (Socket client = socket.accept()) {
                    client.setSoTimeout(PATIENCE_MILLIS);
                    StringBuilder head = new StringBuilder();
                    while (head.indexOf("\r\n\r\n") < 0) {
                        int next = client.getInputStream().read();
                        if (next < 0) {
                            throw new EOFException();
                        }
                        head.append((char) next);
                    }
                    client.getOutputStream()
                            .write(ascii("HTTP/1.1 200 OK\r\nContent-Length: 4\r\nConnection: close\r\n\r\nwell"));
                }
            }
        } catch (IOException e) {
            // The rehearsal is over, or has failed: whoever asked is told by the end of the connection.
        }
    }

    private static byte[] ascii(String text) {
        return text.getBytes(US_ASCII);
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
