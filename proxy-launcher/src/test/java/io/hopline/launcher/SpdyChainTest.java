package io.hopline.launcher;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.ConfigFactory;
import io.netty.handler.ssl.util.InsecureTrustManagerFactory;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.security.MessageDigest;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;

/** Clients of an HTTPS proxy whose chain goes through SPDY, agreed on by ALPN, and on to a SOCKS exit or to the origin itself. */
@Timeout(60)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SpdyChainTest {

    private static final int BULK = 32 << 20;
    private static final String UPGRADE = "Connection: Upgrade\r\nUpgrade: websocket\r\n";

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private ServerSocket origin;
    private Hopline servers;
    private Hopline fronts;

    @BeforeAll
    void serve() throws Exception {
        origin = new ServerSocket(0, 128, InetAddress.getLoopbackAddress());
        threads.execute(this::acceptAll);
        servers = start("""
                inbounds = [
                  { name = spdy, type = http, listen = 0, tls { self-signed = true, alpn = ["spdy/3.1"] } }
                  { name = exit, type = socks5, listen = 0 }
                ]""");
        String hop = "{ type = spdy, server = \"127.0.0.1:" + port(servers, "spdy") + "\", tls { verify = false } }";
        String exit = "{ type = socks5, server = \"127.0.0.1:" + port(servers, "exit") + "\" }";
        fronts = start("""
                inbounds = [
                  { name = chained, type = http, listen = 0, outbound = chain, tls { self-signed = true } }
                  { name = short, type = http, listen = 0, outbound = hop, tls { self-signed = true } }
                ]
                outbounds { chain = [ %s, %s ], hop = [ %s ] }
                """.formatted(hop, exit, hop));
    }

    @AfterAll
    void release() throws IOException {
        fronts.shutdownNow();
        servers.shutdownNow();
        origin.close();
        threads.shutdownNow();
    }

    @Test
    void carriesBulkBothWaysWhole() throws Exception {
        byte[] bulk = new byte[BULK];
        new Random(1).nextBytes(bulk);
        try (Socket client = connect("chained")) {
            send(client, "CONNECT " + authority() + " HTTP/1.1\r\nHost: " + authority() + "\r\n\r\n");
            assertThat(head(client.getInputStream())).startsWith("HTTP/1.1 200");
            send(client, "GET /echo HTTP/1.1\r\nHost: x\r\n" + UPGRADE + "\r\n");
            assertThat(head(client.getInputStream())).startsWith("HTTP/1.1 101");
            CompletableFuture<Void> sent = CompletableFuture.runAsync(() -> write(client, bulk), threads);
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            byte[] part = new byte[1 << 16];
            for (int left = BULK; left > 0; ) {
                int read = client.getInputStream().read(part, 0, Math.min(part.length, left));
                assertThat(read).as("%d bytes are missing", left).isPositive();
                digest.update(part, 0, read);
                left -= read;
            }
            sent.get();
            assertThat(digest.digest())
                    .isEqualTo(MessageDigest.getInstance("SHA-256").digest(bulk));
        }
    }

    @Test
    void upgradesThroughTheWholeChain() throws Exception {
        upgrades("chained");
    }

    /** SPDY knows no upgrades, so these go through a tunnel, and other requests as such. */
    @Test
    void upgradesWhereTheHopForwardsRequests() throws Exception {
        upgrades("short");
    }

    private void upgrades(String front) throws Exception {
        try (Socket client = connect(front)) {
            send(
                    client,
                    "GET http://" + authority() + "/chat HTTP/1.1\r\nHost: " + authority() + "\r\n" + UPGRADE + "\r\n");
            assertThat(head(client.getInputStream()))
                    .startsWith("HTTP/1.1 101")
                    .containsIgnoringCase("upgrade: websocket");
            send(client, "opaque");
            assertThat(client.getInputStream().readNBytes(6)).asString(US_ASCII).isEqualTo("opaque");
        }
    }

    @Test
    void forwardsOneRequestAfterAnotherOfAKeptConnection() throws Exception {
        try (Socket client = connect("short")) {
            for (int i = 0; i < 3; i++) {
                send(client, "GET http://" + authority() + "/" + i + " HTTP/1.1\r\nHost: " + authority() + "\r\n\r\n");
                assertThat(head(client.getInputStream())).startsWith("HTTP/1.1 200");
                String body = new String(client.getInputStream().readNBytes(6), US_ASCII);
                assertThat(body).isEqualTo("GET /" + i);
            }
        }
    }

    private Socket connect(String front) throws Exception {
        SSLContext trusting = SSLContext.getInstance("TLS");
        trusting.init(null, InsecureTrustManagerFactory.INSTANCE.getTrustManagers(), null);
        return trusting.getSocketFactory().createSocket(InetAddress.getLoopbackAddress(), port(fronts, front));
    }

    private String authority() {
        return "127.0.0.1:" + origin.getLocalPort();
    }

    private static void send(Socket client, String text) {
        write(client, text.getBytes(US_ASCII));
    }

    private static void write(Socket to, byte[] bytes) {
        try {
            to.getOutputStream().write(bytes);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static String head(InputStream in) throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            int next = in.read();
            if (next < 0) {
                return head.toString();
            }
            head.append((char) next);
        }
        return head.toString();
    }

    private void acceptAll() {
        while (true) {
            try {
                Socket socket = origin.accept();
                threads.execute(() -> answer(socket));
            } catch (IOException closed) {
                return;
            }
        }
    }

    /** Answers with what was asked; where an upgrade is, with what comes behind it. */
    private static void answer(Socket socket) {
        try (socket) {
            InputStream in = socket.getInputStream();
            OutputStream out = socket.getOutputStream();
            for (String asked = head(in); !asked.isEmpty(); asked = head(in)) {
                if (asked.contains("websocket")) {
                    out.write(("HTTP/1.1 101 Switching Protocols\r\n" + UPGRADE + "\r\n").getBytes(US_ASCII));
                    in.transferTo(out);
                    return;
                }
                String body = asked.substring(0, 6);
                out.write(("HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\n" + body).getBytes(US_ASCII));
            }
        } catch (IOException gone) {
            // The test looks at its own end.
        }
    }

    private static int port(Hopline hopline, String name) {
        return hopline.address(name).getPort();
    }

    private static Hopline start(String hopline) {
        return Hopline.start(ConfigFactory.parseString("hopline { threads = 2\n" + hopline + "\n}"));
    }
}
