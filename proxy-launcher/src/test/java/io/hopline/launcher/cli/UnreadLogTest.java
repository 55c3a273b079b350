package io.hopline.launcher.cli;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.hopline.launcher.Main;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A proxy whose standard error nobody reads serves and ends like any other. */
@Timeout(60)
class UnreadLogTest {

    /** Their lines are more than the 64 KiB that a pipe holds. */
    private static final int CLIENTS = 1_500;

    private static final Pattern ADDRESS = Pattern.compile("127\\.0\\.0\\.1:(\\d+)");

    @Test
    void servesAndEndsThoughNobodyReadsItsStandardError(@TempDir Path folder) throws Exception {
        Path config = Files.writeString(
                folder.resolve("hopline.conf"),
                "hopline { threads = 1, inbounds = [ { name = local, type = http, listen = \"127.0.0.1:0\" } ] }");
        Process proxy = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Main.class.getName(),
                        "run",
                        config.toString())
                .start();
        try (BufferedReader out = proxy.inputReader(US_ASCII)) {
            int port = port(out);
            for (int i = 0; i < CLIENTS; i++) {
                assertThat(answerToNonsense(port)).startsWith("HTTP/1.1 400");
            }
            proxy.destroy();
            assertThat(proxy.waitFor(20, TimeUnit.SECONDS)).isTrue();
            assertThat(proxy.exitValue()).isZero();
        } finally {
            proxy.destroyForcibly();
        }
    }

    private static int port(BufferedReader out) throws IOException {
        for (String line = out.readLine(); line != null; line = out.readLine()) {
            Matcher address = ADDRESS.matcher(line);
            if (address.find()) {
                return Integer.parseInt(address.group(1));
            }
        }
        throw new AssertionError("the proxy ended before it told its address");
    }

    private static String answerToNonsense(int port) throws IOException {
        try (Socket client = new Socket(InetAddress.getLoopbackAddress(), port)) {
            client.setSoTimeout(10_000);
            client.getOutputStream().write("CONNECT nowhere HTTP/1.1\r\n\r\n".getBytes(US_ASCII));
            return new String(client.getInputStream().readNBytes(12), US_ASCII);
        }
    }
}
