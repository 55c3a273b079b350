package io.hopline.launcher.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.hopline.launcher.Main;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What becomes of a command whose standard output can't be written: to {@code /dev/full} nobody can write. */
@Timeout(60)
@EnabledOnOs(OS.LINUX)
class LostOutputTest {

    private static final String CONFIG =
            "hopline { threads = 1, inbounds = [ { name = local, type = http, listen = \"127.0.0.1:0\" } ] }";

    private static final String TOLD = "hopline: standard output can't be written: No space left on device";

    @TempDir
    Path folder;

    private Path config = Path.of("");
    private @Nullable Process hopline;

    @BeforeEach
    void writeConfig() throws IOException {
        config = Files.writeString(folder.resolve("hopline.conf"), CONFIG);
    }

    @AfterEach
    void leaveNothingRunning() {
        if (hopline != null) {
            hopline.destroyForcibly();
        }
    }

    @Test
    void failsACheckWhoseResultIsLost() throws Exception {
        assertFails(full("check", config.toString()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"--version", "run --help"})
    void failsWhatOnlyPrintsAndCannot(String arguments) throws Exception {
        assertFails(full(arguments.split(" ", -1)));
    }

    @Test
    void failsATraceWhoseStepsAreLost() throws Exception {
        try (ServerSocket target = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assertFails(full("trace", "--chain", "direct", "127.0.0.1:" + target.getLocalPort()));
        }
    }

    @Test
    void tellsOfALostTraceAlsoWhereTheChainIsBroken() throws Exception {
        assertFails(full("trace", "--chain", "block", "example.org:443"));
    }

    /** The second is read by the parser of all other command lines. */
    @ParameterizedTest
    @ValueSource(strings = {"run", "run --"})
    void servesOnAndEndsInOrder(String run) throws Exception {
        Process server = full((run + " " + config).split(" ", -1));
        try (BufferedReader log = server.errorReader(UTF_8)) {
            String line = log.readLine();
            while (line != null && !line.contains("Running - transport")) {
                line = log.readLine();
            }
            assertThat(line).as("it serves").isNotNull();
            server.toHandle().destroy();
            assertThat(log.lines()).noneMatch(each -> each.contains("standard output"));
        }
        assertThat(server.waitFor(20, TimeUnit.SECONDS)).isTrue();
        assertThat(server.exitValue()).isZero();
    }

    /** As {@code head -n 1} does. */
    @Test
    void keepsItsStatusAndQuietWhereTheReaderHasReadEnough() throws Exception {
        Process check = start(new ProcessBuilder(), "check", "/dev/stdin");
        check.getInputStream().close();
        try (OutputStream typed = check.getOutputStream()) {
            typed.write(CONFIG.getBytes(UTF_8)); // Only now has it anything to say.
        }
        assertThat(check.errorReader(UTF_8).lines()).isEmpty();
        assertThat(check.waitFor(20, TimeUnit.SECONDS)).isTrue();
        assertThat(check.exitValue()).isZero();
    }

    private static void assertFails(Process process) throws Exception {
        assertThat(process.errorReader(UTF_8).lines()).containsExactly(TOLD);
        assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isEqualTo(1);
    }

    private Process full(String... arguments) throws IOException {
        return start(new ProcessBuilder().redirectOutput(Path.of("/dev/full").toFile()), arguments);
    }

    private Process start(ProcessBuilder builder, String... arguments) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        if (Runtime.version().feature()
                >= 24) { // Java itself would print warnings; the start script has these flags, too.
            command.addAll(List.of("--enable-native-access=ALL-UNNAMED", "--sun-misc-unsafe-memory-access=allow"));
        }
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), Main.class.getName()));
        command.addAll(List.of(arguments));
        Process process = builder.command(command).start();
        hopline = process;
        return process;
    }
}
