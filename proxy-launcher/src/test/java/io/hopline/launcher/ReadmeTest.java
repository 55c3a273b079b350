package io.hopline.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the README shows is what the examples have, which are tested where they are. */
class ReadmeTest {

    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

    @ParameterizedTest
    @ValueSource(strings = {"Serve", "Dial"})
    void showsTheExample(String example) throws IOException {
        Path source = ROOT.resolve("examples/embedding/src/main/java/com/example/embedding/" + example + ".java");
        try (Stream<String> lines = Files.lines(source)) {
            String body = lines.dropWhile(line -> !line.startsWith("    static "))
                    .takeWhile(line -> !line.equals("}"))
                    .map(line -> line.isEmpty() ? line : line.substring(4))
                    .reduce("", (all, line) -> all + line + "\n");
            assertThat(body).isNotBlank();
            assertThat(Files.readString(ROOT.resolve("README.md"))).contains("```java\n" + body + "```");
        }
    }
}
