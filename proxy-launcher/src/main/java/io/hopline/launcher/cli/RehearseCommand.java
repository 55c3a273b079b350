package io.hopline.launcher.cli;

import static java.nio.charset.StandardCharsets.US_ASCII;

import com.typesafe.config.ConfigFactory;
import io.hopline.launcher.Hopline;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;

/**
 * {@code hopline rehearse}: serves itself a request by each protocol, over loopback, and ends, so that a Java runtime told to make
 * an archive of the classes that were loaded has those which a server needs.
 */
@Command(name = "rehearse", hidden = true, description = "Serves itself some requests; bin/hopline archive runs it.")
final class RehearseCommand implements Callable<Integer> {

    private static final int PATIENCE_MILLIS = 20_000;

    private static final String EXIT = "hopline { threads = 1, inbounds = [ { name = exit, type = mixed, listen = 0, "
            + "tls { self-signed = true } } ] }";

    private static final String ENTRY =
            "hopline { threads = 1, inbounds = [ { name = entry, type = mixed, listen = 0 }, "
                    + "{ name = chained, type = http, listen = 0, "
                    + "outbound = [ { type = connect, server = \"%s\", tls { verify = false } } ] } ] }";

    @Override
    public Integer call() throws IOException {
        try (ServerSocket target = new ServerSocket(0, 16, InetAddress.getLoopbackAddress());
                Hopline exit = Hopline.start(ConfigFactory.parseString(EXIT));
                Hopline entry = Hopline.start(ConfigFactory.parseString(
                        ENTRY.formatted("127.0.0.1:" + exit.address("exit").getPort())))) {
            Thread origin = new Thread(() -> answer(target));
            origin.setDaemon(true);
            origin.start();
            String authority = "127.0.0.1:" + target.getLocalPort();
            String get =
                    "GET http://" + authority + "/ HTTP/1.1\r\nHost: " + authority + "\r\nConnection: close\r\n\r\n";
            String connect = "CONNECT " + authority + " HTTP/1.1\r\nHost: " + authority + "\r\n\r\n";
            ask(entry.address("entry"), ascii(get));
            ask(entry.address("entry"), ascii(connect + get));
            ask(entry.address("chained"), ascii(connect + get));
            ask(entry.address("entry"), socks5(target.getLocalPort(), get));
        }
        return ExitCode.OK;
    }

    /** A client that knows beforehand what it will be answered (RFC 1928). */
    private static byte[] socks5(int port, String request) {
        return ByteBuffer.allocate(13 + request.length())
                .put(new byte[] {5, 1, 0, 5, 1, 0, 1, 127, 0, 0, 1})
                .putShort((short) port)
                .put(ascii(request))
                .array();
    }

    private static void ask(InetSocketAddress proxy, byte[] request) throws IOException {
        try (Socket socket = new Socket(proxy.getAddress(), proxy.getPort())) {
            socket.setSoTimeout(PATIENCE_MILLIS);
            socket.getOutputStream().write(request);
            String answer = new String(socket.getInputStream().readAllBytes(), US_ASCII);
            if (!answer.endsWith("well")) {
                throw new IOException("the rehearsal went wrong: " + answer);
            }
        }
    }

    private static void answer(ServerSocket target) {
        try {
            while (true) {
                try (Socket client = target.accept()) {
                    client.setSoTimeout(PATIENCE_MILLIS);
                    StringBuilder head = new StringBuilder();
                    while (head.indexOf("\r\n\r\n") < 0) {
                        head.append((char) client.getInputStream().read());
                    }
                    client.getOutputStream()
                            .write(ascii("HTTP/1.1 200 OK\r\nContent-Length: 4\r\nConnection: close\r\n\r\nwell"));
                }
            }
        } catch (IOException closed) {
            // The rehearsal is over.
        }
    }

    private static byte[] ascii(String text) {
        return text.getBytes(US_ASCII);
    }
}
