package io.hopline.launcher;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.io.TempDir;

/** Runs the start script of the distribution that was just built. */
abstract class StartScript {

    static final Path DISTRIBUTION = Path.of("target/hopline").toAbsolutePath();

    @TempDir
    Path directory;

    final Result run(Map<String, String> environment, String... arguments) throws Exception {
        return run(DISTRIBUTION.resolve("bin/hopline"), environment, arguments);
    }

    final Result run(Path script, Map<String, String> environment, String... arguments) throws Exception {
        return result(start(script, environment, arguments));
    }

    /** A distribution of its own, to write to. */
    final Path installed() throws IOException {
        Path home = directory.resolve("installed");
        Path script = Files.createDirectories(home.resolve("bin")).resolve("hopline");
        for (String part : List.of("lib", "plugins")) {
            Files.createSymbolicLink(home.resolve(part), DISTRIBUTION.resolve(part));
        }
        Files.createDirectory(home.resolve("conf"));
        return Files.copy(DISTRIBUTION.resolve("bin/hopline"), script, StandardCopyOption.COPY_ATTRIBUTES);
    }

    static Map<String, String> runtimeOfThisTest(String... more) {
        Map<String, String> environment = new HashMap<>(Map.of("JAVA_HOME", System.getProperty("java.home")));
        for (int i = 0; i < more.length; i += 2) {
            environment.put(more[i], more[i + 1]);
        }
        return environment;
    }

    final Process start(Path script, Map<String, String> environment, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(script.toString()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder =
                new ProcessBuilder(command).directory(directory.toFile()).redirectErrorStream(true);
        builder.environment().remove("HOPLINE_OPTS");
        builder.environment().putAll(environment);
        return builder.start();
    }

    static Result result(Process process) throws IOException, InterruptedException {
        String output = new String(process.getInputStream().readAllBytes(), UTF_8);
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        return new Result(output.lines().toList(), process.exitValue());
    }

    /** One that only prints how it was called. */
    final String runtime(String version) throws IOException {
        Path home = directory.resolve("a runtime");
        runtime(home, version, "printf '%s\\n' \"$@\"");
        return home.toString();
    }

    static void runtime(Path home, String version, String script) throws IOException {
        Path java = Files.createDirectories(home.resolve("bin")).resolve("java");
        Files.writeString(java, "#!/bin/sh\n" + script + "\n");
        Files.setPosixFilePermissions(java, PosixFilePermissions.fromString("rwxr-xr-x"));
        if (!version.isEmpty()) {
            Files.writeString(home.resolve("release"), "JAVA_VERSION=\"" + version + "\"\n");
        }
    }

    record Result(List<String> lines, int status) {}
}
