package io.hopline.launcher;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The start script of the distribution that was just built, run with runtimes that only print how they were called. */
class DistributionIT extends StartScript {
    @Test
    void holdsWhatAnOperatorLooksFor() throws Exception {
        try (Stream<Path> entries = Files.list(DISTRIBUTION)) {
            assertThat(entries.map(entry -> entry.getFileName().toString()))
                    .containsExactlyInAnyOrder("bin", "conf", "doc", "lib", "plugins", "LICENSE", "README.md");
        }
    }

    @Test
    void describesEveryKeyOutsideOfItsJars() throws Exception {
        Path root = Path.of("..").toAbsolutePath().normalize();
        Map<String, String> described = new TreeMap<>();
        try (Stream<Path> modules = Files.list(root)) {
            for (Path module : modules.toList()) {
                Path reference = module.resolve("src/main/resources/reference.conf");
                if (Files.exists(reference)) {
                    described.put(module.getFileName() + ".conf", Files.readString(reference));
                }
            }
        }
        assertThat(described).containsKey("proxy-launcher.conf");

        Map<String, String> shipped = new TreeMap<>();
        try (Stream<Path> files = Files.list(DISTRIBUTION.resolve("doc"))) {
            for (Path file : files.toList()) {
                shipped.put(file.getFileName().toString(), Files.readString(file));
            }
        }
        assertThat(shipped).isEqualTo(described);
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
    void readsNothingWhereTheCallerHasClosedStandardInput() throws Exception {
        Path home = directory.resolve("a runtime");
        runtime(home, "17.0.1", "readlink /proc/$$/fd/0");
        Path closing = directory.resolve("closing");
        Files.writeString(closing, "#!/bin/sh\nexec " + DISTRIBUTION.resolve("bin/hopline") + " pipe <&-\n");
        Files.setPosixFilePermissions(closing, PosixFilePermissions.fromString("rwxr-xr-x"));

        assertThat(run(closing, Map.of("JAVA_HOME", home.toString())).lines()).containsExactly("/dev/null");
    }

    @Test
    void letsTheCallerOverrideItsFlags() throws Exception {
        Result result = run(Map.of("JAVA_HOME", runtime("21.0.1"), "HOPLINE_OPTS", "-Xms1g -Da=b"));
        assertThat(result.lines()).containsSubsequence("-Xms32m", "-Xms1g", "-Da=b", "-cp");
    }

    @Test
    void opensFilesOfAnyNameWhereThereIsNoLocale() throws Exception {
        Path home = directory.resolve("a runtime");
        runtime(home, "17.0.1", "echo \"$LC_ALL\"");
        String java = home.toString();

        assertThat(run(Map.of("JAVA_HOME", java, "LC_ALL", "", "LC_CTYPE", "", "LANG", ""))
                        .lines())
                .containsExactly("C.UTF-8");
        assertThat(run(Map.of("JAVA_HOME", java, "LC_ALL", "C")).lines()).containsExactly("C.UTF-8");
        assertThat(run(Map.of("JAVA_HOME", java, "LC_ALL", "", "LC_CTYPE", "tr_TR.UTF-8"))
                        .lines())
                .containsExactly("");
    }

    @Test
    void lets25UseTheMemoryThatNettyIsQuickestWith() throws Exception {
        String flag = "--sun-misc-unsafe-memory-access=allow";
        assertThat(run(Map.of("JAVA_HOME", runtime("17.0.15"))).lines()).doesNotContain(flag);
        assertThat(run(Map.of("JAVA_HOME", runtime("25"))).lines()).contains(flag);
    }

    @Test
    void logsToStandardErrorUnlessConfiguredOtherwise() throws Exception {
        Path script = installed();
        assertThat(firstLogLine(script)).matches("2\\d{3}-\\d\\d-\\d\\dT\\S+ INFO  Running - transport .*");
        Files.writeString(
                script.resolveSibling("../conf/logback.xml"),
                Files.readString(DISTRIBUTION.resolve("conf/logback-example.xml"))
                        .replace("%msg", "mine: %msg"));
        assertThat(firstLogLine(script)).contains("Running - mine: transport ");
    }

    @Test
    void startsWithoutLogback() throws Exception {
        Path script = installed();
        Files.delete(script.resolveSibling("../lib"));
        Path lib = Files.createDirectory(script.resolveSibling("../lib"));
        try (Stream<Path> jars = Files.list(DISTRIBUTION.resolve("lib"))) {
            for (Path jar : jars.filter(jar -> !jar.getFileName().toString().startsWith("logback-"))
                    .toList()) {
                Files.createSymbolicLink(lib.resolve(jar.getFileName()), jar);
            }
        }
        Result result = run(script, runtimeOfThisTest(), "--version");
        assertThat(result.lines()).last().asString().startsWith("hopline ");
        assertThat(result.status()).isZero();
    }

    @Test
    void saysInOneLineThatALoggerCannotBeLoaded() throws Exception {
        Path script = installed();
        Path services = Files.createDirectories(script.resolveSibling("../conf/META-INF/services"));
        Files.writeString(services.resolve("org.slf4j.spi.SLF4JServiceProvider"), "acme.Logger");
        Result result = run(script, runtimeOfThisTest(), "--version");
        assertThat(result.lines())
                .singleElement()
                .asString()
                .startsWith("hopline: a logger on the class path can't be loaded: ")
                .endsWith("Provider acme.Logger not found");
        assertThat(result.status()).isEqualTo(1);
    }

    private String firstLogLine(Path script) throws Exception {
        Path config = Files.writeString(
                directory.resolve("hopline.conf"), "hopline.inbounds = [ { type = mixed, listen = 0 } ]");
        Process process = start(script, runtimeOfThisTest(), "run", config.toString());
        try (BufferedReader lines = process.inputReader(UTF_8)) {
            String line = lines.readLine();
            while (line != null && !line.contains(" - ")) {
                line = lines.readLine();
            }
            return String.valueOf(line);
        } finally {
            process.destroy();
        }
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
}
