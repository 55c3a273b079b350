package io.hopline.launcher;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.BufferedReader;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;

/**
 * What SIGTERM does to {@code hopline run}, from its start to its end. SIGINT is caught with it, but is ignored where whoever runs the
 * tests has them in the background.
 */
@Timeout(60)
@DisabledOnOs(OS.WINDOWS)
class SignalsIT extends StartScript {

    private static final Pattern ADDRESS = Pattern.compile("^inbound .* on 127\\.0\\.0\\.1:(\\d+)");

    private @Nullable Process hopline;

    @AfterEach
    void leaveNothingRunning() {
        if (hopline != null) {
            hopline.destroyForcibly();
        }
    }

    @Test
    void endsARunAtOnceThatStillReadsItsConfig() throws Exception {
        Path config = directory.resolve("hopline.conf");
        assertThat(new ProcessBuilder("mkfifo", config.toString()).start().waitFor())
                .isZero();
        Process process = serve(config);

        OutputStream opened = openedByItsReader(config, process);
        terminate(process);

        assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isZero();
        opened.close();
    }

    @Test
    void endsARunAtOnceByTheSecondHoweverLongTheGrace() throws Exception {
        try (EchoTarget target = new EchoTarget()) {
            Process process =
                    serve(config("shutdown-grace = 1h, inbounds = [ { type = tcp, listen = \"127.0.0.1:0\", target = \""
                            + target.address() + "\" } ]"));
            BufferedReader out = process.inputReader(UTF_8);
            try (Socket client = new Socket(InetAddress.getLoopbackAddress(), port(out))) {
                client.getOutputStream().write('x');
                assertThat(client.getInputStream().read()).isEqualTo('x');

                terminate(process);
                String told = out.readLine();
                while (told != null && !told.startsWith("stopping; a second signal")) {
                    told = out.readLine();
                }
                terminate(process);

                assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
                assertThat(process.exitValue()).isZero();
            }
        }
    }

    /** As on a pipe to a program that was stopped: what the first signal begins by saying so never begins. */
    @Test
    void endsARunByTheSecondThoughNobodyReadsWhatTheFirstSays() throws Exception {
        String chains = IntStream.range(0, 5_000)
                .mapToObj(i -> "chain" + i + " = \"socks5://a-name-that-makes-the-line-a-bit-longer.example:1080\"")
                .collect(Collectors.joining(", "));
        Process process = serve(
                config("inbounds = [ { type = mixed, listen = \"127.0.0.1:0\" } ], outbounds { " + chains + " }"));
        port(process.inputReader(UTF_8));

        await().atMost(Duration.ofSeconds(20)).until(() -> {
            terminate(process); // How many of these come one by one is up to the kernel.
            return !process.isAlive();
        });
        assertThat(process.exitValue()).isEqualTo(1);
    }

    /** Opens a named pipe for writing, as soon as the program has opened it for reading; nothing interrupts whoever waits for that. */
    private static OutputStream openedByItsReader(Path pipe, Process reader) throws Exception {
        CompletableFuture<OutputStream> opened = new CompletableFuture<>();
        Thread opening = new Thread(() -> {
            try {
                opened.complete(new FileOutputStream(pipe.toFile()));
            } catch (IOException e) {
                opened.completeExceptionally(e);
            }
        });
        opening.setDaemon(true);
        opening.start();
        assertThat(CompletableFuture.anyOf(opened, reader.onExit()))
                .as("it reads its config, or ends")
                .succeedsWithin(Duration.ofSeconds(30));
        if (!opened.isDone()) {
            throw new AssertionError("it ended before it read its config: " + result(reader));
        }
        return opened.get();
    }

    private Path config(String section) throws IOException {
        return Files.writeString(directory.resolve("hopline.conf"), "hopline { " + section + " }");
    }

    private Process serve(Path config) throws IOException {
        Process process = start(DISTRIBUTION.resolve("bin/hopline"), runtimeOfThisTest(), "run", config.toString());
        hopline = process;
        return process;
    }

    /** Leaves its standard output open, unlike {@link Process#destroy}. */
    private static void terminate(Process process) {
        process.toHandle().destroy();
    }

    private static int port(BufferedReader out) throws IOException {
        for (String line = out.readLine(); line != null; line = out.readLine()) {
            Matcher address = ADDRESS.matcher(line);
            if (address.find()) {
                return Integer.parseInt(address.group(1));
            }
        }
        throw new AssertionError("it ended before it told its address");
    }
}
