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
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The start script of the distribution that was just built, run with runtimes that only print how they were called. */
class DistributionIT {
    private static final Path DISTRIBUTION = Path.of("target/hopline").toAbsolutePath();

    @TempDir
    Path directory;

    @Test
    void holdsWhatAnOperatorLooksFor() throws Exception {
        try (Stream<Path> entries = Files.list(DISTRIBUTION)) {
            assertThat(entries.map(entry -> entry.getFileName().toString()))
                    .containsExactlyInAnyOrder("bin", "conf", "lib", "plugins", "LICENSE");
        }
    }

    @Test
    void handsArgumentsToMainAsTheyAre() throws Exception {
        Result result = run(Map.of("JAVA_HOME", runtime("17.0.15")), "run", "a file", "*", "");
        assertThat(result.lines()).endsWith("io.hopline.launcher.Main", "run", "a file", "*", "");
        assertThat(result.status()).isZero();
    }

    @Test
    void putsConfigLibrariesAndPluginsOnTheClassPath() throws Exception {
        Result result = run(Map.of("JAVA_HOME", runtime("17.0.15")));
        assertThat(result.lines())
                .containsSequence(
                        "-cp", DISTRIBUTION + "/lib/*:" + DISTRIBUTION + "/plugins/*:" + DISTRIBUTION + "/conf");
    }

    @Test
    void findsItselfThroughLinksFromAnyDirectory() throws Exception {
        Path relative = Files.createSymbolicLink(directory.resolve("a link"), Path.of("another link"));
        Path absolute =
                Files.createSymbolicLink(directory.resolve("another link"), DISTRIBUTION.resolve("bin/hopline"));
        Result result = run(relative, Map.of("JAVA_HOME", runtime("25")));
        Files.delete(absolute);
        assertThat(result.lines()).anyMatch(line -> line.startsWith(DISTRIBUTION + "/lib/*:"));
    }

    @Test
    void letsTheCallerOverrideItsFlags() throws Exception {
        Result result = run(Map.of("JAVA_HOME", runtime("21.0.1"), "HOPLINE_OPTS", "-Xms1g -Da=b"));
        assertThat(result.lines()).containsSubsequence("-Xms32m", "-Xms1g", "-Da=b", "-cp");
    }

    @Test
    void becomesTheRuntimeSoThatSignalsReachIt() throws Exception {
        Path home = directory.resolve("runtime");
        runtime(home, "17", "echo $$");
        Process process = start(DISTRIBUTION.resolve("bin/hopline"), Map.of("JAVA_HOME", home.toString()));
        assertThat(result(process).lines()).containsExactly(Long.toString(process.pid()));
    }

    @Test
    void refusesAnOldRuntimeInOneLine() throws Exception {
        Result result = run(Map.of("JAVA_HOME", runtime("1.8.0_402")));
        assertThat(result.lines())
                .singleElement()
                .asString()
                .contains("is Java 8: install a Java runtime, 17 or newer");
        assertThat(result.status()).isEqualTo(1);
    }

    @Test
    void asksARuntimeWithoutReleaseFileForItsVersion() throws Exception {
        Path home = directory.resolve("runtime");
        runtime(home, "", "echo 'openjdk version \"11.0.2\" 2019-01-15' >&2");
        assertThat(run(Map.of("JAVA_HOME", home.toString())).lines())
                .singleElement()
                .asString()
                .contains("is Java 11: install a Java runtime, 17 or newer");
    }

    @Test
    void saysThatJavaHomeIsWrong() throws Exception {
        Result result = run(Map.of("JAVA_HOME", directory.toString()));
        assertThat(result.lines()).singleElement().asString().contains("JAVA_HOME is " + directory, "no bin/java");
        assertThat(result.status()).isEqualTo(1);
    }

    private Result run(Map<String, String> environment, String... arguments) throws Exception {
        return run(DISTRIBUTION.resolve("bin/hopline"), environment, arguments);
    }

    private Result run(Path script, Map<String, String> environment, String... arguments) throws Exception {
        return result(start(script, environment, arguments));
    }

    @Test
    void startsFromTheArchiveThatItMade() throws Exception {
        Path script = installed();
        assertThat(run(script, runtimeOfThisTest(), "archive")).as("archive").returns(0, Result::status);
        Result result = run(script, runtimeOfThisTest("HOPLINE_OPTS", "-Xlog:class+load"), "--version");
        assertThat(result.lines())
                .anyMatch(line -> line.contains("io.hopline.launcher.Main source: shared objects file"));
    }

    @Test
    void startsWithoutAWordWhereTheArchiveDoesNotFit() throws Exception {
        Path script = installed();
        Path archives = Files.createDirectory(script.resolveSibling("../archive"));
        Files.writeString(archives.resolve("java-" + Runtime.version().feature()), "of another Java");
        Result result = run(script, runtimeOfThisTest(), "--version");
        assertThat(result.lines()).singleElement().asString().startsWith("hopline ");
    }

    /** A distribution of its own, to write to. */
    private Path installed() throws IOException {
        Path home = directory.resolve("installed");
        Path script = Files.createDirectories(home.resolve("bin")).resolve("hopline");
        for (String part : List.of("lib", "plugins", "conf")) {
            Files.createSymbolicLink(home.resolve(part), DISTRIBUTION.resolve(part));
        }
        return Files.copy(DISTRIBUTION.resolve("bin/hopline"), script, StandardCopyOption.COPY_ATTRIBUTES);
    }

    private static Map<String, String> runtimeOfThisTest(String... more) {
        Map<String, String> environment = new HashMap<>(Map.of("JAVA_HOME", System.getProperty("java.home")));
        for (int i = 0; i < more.length; i += 2) {
            environment.put(more[i], more[i + 1]);
        }
        return environment;
    }

    private Process start(Path script, Map<String, String> environment, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(script.toString()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder =
                new ProcessBuilder(command).directory(directory.toFile()).redirectErrorStream(true);
        builder.environment().remove("HOPLINE_OPTS");
        builder.environment().putAll(environment);
        return builder.start();
    }

    private static Result result(Process process) throws IOException, InterruptedException {
        String output = new String(process.getInputStream().readAllBytes(), UTF_8);
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        return new Result(output.lines().toList(), process.exitValue());
    }

    private String runtime(String version) throws IOException {
        Path home = directory.resolve("a runtime");
        runtime(home, version, "printf '%s\\n' \"$@\"");
        return home.toString();
    }

    private static void runtime(Path home, String version, String script) throws IOException {
        Path java = Files.createDirectories(home.resolve("bin")).resolve("java");
        Files.writeString(java, "#!/bin/sh\n" + script + "\n");
        Files.setPosixFilePermissions(java, PosixFilePermissions.fromString("rwxr-xr-x"));
        if (!version.isEmpty()) {
            Files.writeString(home.resolve("release"), "JAVA_VERSION=\"" + version + "\"\n");
        }
    }

    private record Result(List<String> lines, int status) {}
}
