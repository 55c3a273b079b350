package io.hopline.launcher.config;

import static io.hopline.launcher.config.Given.problems;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is said of files that HOCON can make nothing of. */
class TornTextTest {

    @TempDir
    Path folder;

    @Test
    void endsBeforeItsSectionsDo() throws IOException {
        Path file = write("hopline {\n  threads = 1\n");

        assertThat(problems(file))
                .containsExactly(file + ":3: expected a key or a closing bracket here, not: end of file");
    }

    @ParameterizedTest
    @ValueSource(strings = {"hopline.outbounds.lab = %s", "%1$s", "hopline.outbounds { a%2$s = 1 }"})
    void isNestedTooDeep(String text) throws IOException {
        Path file = write(text.formatted("[".repeat(100_000), ".b".repeat(100_000)));

        assertThat(problems(file))
                .containsExactly(
                        file + ": is nested too deep, or one of what it includes: thousands of sections or lists"
                                + " stand within each other");
    }

    @Test
    void showsNothingThatATerminalWouldObey() throws IOException {
        assertThat(problems(write("\u001b[31mhopline = 1")))
                .singleElement()
                .asString()
                .contains("may not be followed by")
                .doesNotContain("\u001b");
    }

    @Test
    void isNoFileThatCanBeRead() throws IOException {
        Path file = folder.resolve("hopline.conf");
        try (ServerSocketChannel socket = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            socket.bind(UnixDomainSocketAddress.of(file));

            assertThat(problems(file)).singleElement().asString().startsWith(file + ": can't be read: " + file);
        }
    }

    private Path write(String text) throws IOException {
        return Files.writeString(folder.resolve("hopline.conf"), text);
    }
}
