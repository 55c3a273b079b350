package io.hopline.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every test that SECURITY.md names as holding a promise is there. */
class PromisesTest {

    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    private static final Pattern PROMISE = Pattern.compile("\\| (.+) \\| (.+) \\|");
    private static final Pattern NAMED = Pattern.compile("`([^`]+)`");

    static Stream<String> named() throws IOException {
        return Files.readAllLines(ROOT.resolve("SECURITY.md")).stream()
                .dropWhile(line -> !line.equals("## Promises"))
                .map(PROMISE::matcher)
                .filter(Matcher::matches)
                .filter(row -> !row.group(1).equals("promise"))
                .flatMap(row -> {
                    List<String> names = NAMED.matcher(row.group(2))
                            .results()
                            .map(name -> name.group(1))
                            .toList();
                    return names.isEmpty() ? Stream.of("nothing: " + row.group(1)) : names.stream();
                })
                .distinct();
    }

    @ParameterizedTest
    @MethodSource("named")
    void isThere(String name) throws IOException {
        if (name.contains("/") || name.startsWith("proxy-")) {
            assertThat(ROOT.resolve(name)).exists();
            return;
        }
        String[] classAndMethod = name.split("\\.");
        String source = source(classAndMethod[0] + ".java");
        assertThat(source).as(name).isNotEmpty();
        if (classAndMethod.length > 1) {
            assertThat(source).contains("void " + classAndMethod[1] + "(");
        }
    }

    /** Of all classes of that name together; only tests, and the suites that they extend. */
    private static String source(String file) throws IOException {
        try (Stream<Path> files = Files.find(
                ROOT,
                12,
                (path, attributes) -> path.endsWith(file)
                        && (path.toString().contains("/src/test/")
                                || path.toString().contains("/proxy-testkit/src/")))) {
            return files.map(PromisesTest::read).collect(Collectors.joining("\n"));
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
