package io.hopline.launcher;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** What {@code hopline archive} makes beside the libraries for a quick start, and what is done where it doesn't fit. */
class ArchiveIT extends StartScript {

    /** What Netty has not got unpacked already it can't load then. */
    private static final String[] UNPACKS_NOTHING = {"HOPLINE_OPTS", "-Dio.netty.native.workdir=/proc"};

    @Test
    void startsFromTheArchiveThatItMade() throws Exception {
        Path script = installed();
        assertThat(run(script, runtimeOfThisTest(), "archive")).as("archive").returns(0, Result::status);
        Result result = run(script, runtimeOfThisTest("HOPLINE_OPTS", "-Xlog:class+load"), "--version");
        assertThat(result.lines())
                .anyMatch(line -> line.contains("io.hopline.launcher.Main source: shared objects file"));
    }

    @Test
    void archivesWhatAServerWithTlsAndAChainLoads() throws Exception {
        Path script = installed();
        assertThat(run(script, runtimeOfThisTest(), "archive")).as("archive").returns(0, Result::status);
        Path config = Files.writeString(directory.resolve("hopline.conf"), """
                hopline.inbounds = [ {
                  type = http, listen = 0, tls { self-signed = true }
                  outbound = [ { type = connect, server = "127.0.0.1:1" }, { type = socks5, server = "127.0.0.1:2" } ]
                } ]
                """);
        Process process =
                start(script, runtimeOfThisTest("HOPLINE_OPTS", "-Xlog:class+load"), "run", config.toString());
        List<String> ownJars = new ArrayList<>();
        try (BufferedReader lines = process.inputReader(UTF_8)) {
            String line = lines.readLine();
            while (line != null && !line.startsWith("inbound ")) {
                if (line.contains(" io.hopline.") && line.contains(" source: file:")) {
                    ownJars.add(line);
                }
                line = lines.readLine();
            }
            assertThat(line).as("says that it listens").isNotNull();
            process.destroy();
        }
        assertThat(ownJars).as("classes that were read from jars").isEmpty();
    }

    @Test
    void startsFromOneJarOfAllThatSaysTheSame() throws Exception {
        Path script = installed();
        List<String> before = run(script, runtimeOfThisTest(), "--version").lines();
        assertThat(run(script, runtimeOfThisTest(), "archive")).as("archive").returns(0, Result::status);
        assertThat(run(script, runtimeOfThisTest(), "--version").lines()).isEqualTo(before);
        assertThat(classesOf(script)).isEqualTo(joined(script));
    }

    @Test
    void startsFromTheJarsOfLibOnceTheyAreNotWhatTheOneWasMadeOf() throws Exception {
        Path script = installed();
        Path lib = script.resolveSibling("../lib");
        Files.delete(lib);
        copyJars(Files.createDirectory(lib));
        assertThat(run(script, runtimeOfThisTest(), "archive")).as("archive").returns(0, Result::status);
        assertThat(classesOf(script)).as("before").isEqualTo(joined(script));

        Path more = Files.createFile(lib.resolve("more.jar"));
        assertThat(classesOf(script)).as("one more").endsWith("/lib/*");
        Files.delete(more);
        assertThat(classesOf(script)).as("as before").isEqualTo(joined(script));

        Path away = Files.move(Path.of(joined(script)), directory.resolve("away.jar"));
        assertThat(classesOf(script)).as("the one is gone").endsWith("/lib/*");
        Files.move(away, Path.of(joined(script)));

        Path changed = lib.resolve(jars().get(0));
        FileTime time = Files.getLastModifiedTime(changed);
        Files.setLastModifiedTime(changed, FileTime.from(time.toInstant().plusSeconds(1)));
        assertThat(classesOf(script)).as("another time").endsWith("/lib/*");
        Files.write(changed, new byte[1], StandardOpenOption.APPEND);
        Files.setLastModifiedTime(changed, time);
        assertThat(classesOf(script)).as("another size").endsWith("/lib/*");
        Files.delete(changed);
        assertThat(classesOf(script)).as("one less").endsWith("/lib/*");
    }

    private static String joined(Path script) {
        return script.resolveSibling("..").normalize() + "/archive/java-"
                + Runtime.version().feature() + ".jar";
    }

    /** What of the class path comes first. */
    private String classesOf(Path script) throws Exception {
        String java = runtime(String.valueOf(Runtime.version().feature()));
        List<String> arguments =
                run(script, Map.of("JAVA_HOME", java), "--version").lines();
        return arguments.get(arguments.indexOf("-cp") + 1).split(":")[0];
    }

    private static void copyJars(Path to) throws IOException {
        for (String jar : jars()) {
            Files.copy(DISTRIBUTION.resolve("lib").resolve(jar), to.resolve(jar), StandardCopyOption.COPY_ATTRIBUTES);
        }
    }

    @Test
    void takesNoArgumentAsEveryCommandRefusesOnesThatItDoesNotKnow() throws Exception {
        Result result = run(Map.of("JAVA_HOME", runtime("17")), "archive", "x");
        assertThat(result.lines()).containsExactly("hopline: usage: hopline archive");
        assertThat(result.status()).isEqualTo(2);
    }

    @Test
    void startsWithoutAWordWhereTheArchiveDoesNotFit() throws Exception {
        Path script = installed();
        Path archives = Files.createDirectory(script.resolveSibling("../archive"));
        Files.writeString(archives.resolve("java-" + Runtime.version().feature()), "of another Java");
        Result result = run(script, runtimeOfThisTest(), "--version");
        assertThat(result.lines()).singleElement().asString().startsWith("hopline ");
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void loadsTheLibrariesThatTheArchiveUnpacked() throws Exception {
        Path script = installed();
        assertThat(run(script, runtimeOfThisTest(), "archive")).as("archive").returns(0, Result::status);
        assertThat(checkEpoll(script, UNPACKS_NOTHING)).as("archive").returns(0, Result::status);
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void loadsNoLibrariesOfAnotherVersion() throws Exception {
        Path script = installed();
        assertThat(run(script, runtimeOfThisTest(), "archive")).as("archive").returns(0, Result::status);
        Path natives = script.resolveSibling("../archive/native");
        try (Stream<Path> folders = Files.list(natives)) {
            for (Path folder : folders.toList()) {
                Files.move(folder, folder.resolveSibling(folder.getFileName() + ".1"));
            }
        }
        assertThat(checkEpoll(script, UNPACKS_NOTHING).lines()).anyMatch(line -> line.contains("epoll can't be used"));
        assertThat(checkEpoll(script)).as("unpacked at start").returns(0, Result::status);
    }

    private Result checkEpoll(Path script, String... more) throws Exception {
        Path config = Files.writeString(
                directory.resolve("epoll.conf"),
                "hopline { transport = epoll, inbounds = [ { type = mixed, listen = 0 } ] }");
        return run(script, runtimeOfThisTest(more), "check", config.toString());
    }

    @Test
    void leavesTheLibraryPathToTheCaller() throws Exception {
        Path script = installed();
        for (String jar : jars()) {
            Files.createDirectories(
                    script.resolveSibling("../archive/native").resolve(jar.replaceFirst("\\.jar$", "")));
        }
        Result result = run(
                script,
                Map.of(
                        "JAVA_HOME",
                        runtime("17"),
                        "LD_LIBRARY_PATH",
                        "/ld",
                        "HOPLINE_OPTS",
                        "-Djava.library.path=/mine"));
        assertThat(result.lines())
                .containsSubsequence("-Djava.library.path=/mine", "-cp")
                .filteredOn(line -> line.startsWith("-Djava.library.path="))
                .first(STRING)
                .contains("/archive/native/netty-transport-native-epoll-", ":/ld:", ":/usr/lib");
    }

    private static List<String> jars() throws IOException {
        try (Stream<Path> files = Files.list(DISTRIBUTION.resolve("lib"))) {
            return files.map(file -> file.getFileName().toString()).toList();
        }
    }
}
