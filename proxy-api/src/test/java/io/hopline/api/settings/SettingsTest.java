package io.hopline.api.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigParseOptions;
import io.hopline.api.HostPort;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SettingsTest {

    private enum Size {
        SMALL,
        VERY_LARGE
    }

    @Test
    void repeatsNoPasswordThatStandsWhereNoneBelongs() {
        assertThat(problems("server = \"alice:secret@proxy.example:1080\"", s -> s.hostPort("server")))
                .asString()
                .contains("got \"...@proxy.example:1080\"")
                .doesNotContain("secret");
    }

    @Test
    void readsEachKindOfValue() {
        assertThat(problems("""
            text = hi, yes = true, count = 7, wait = 500ms, size = 64KiB, at = "[::1]:80", near = host
            one = a, many = [a, b], pick = very-large, section { deep = x }, list = [ { a = 1 }, { a = 2 } ]\
            """, s -> {
                    assertThat(s.string("text")).isEqualTo("hi");
                    assertThat(s.flag("yes")).isTrue();
                    assertThat(s.integer("count", 7, 7)).isEqualTo(7);
                    assertThat(s.duration("wait")).isEqualTo(Duration.ofMillis(500));
                    assertThat(s.bytes("size")).isEqualTo(65_536);
                    assertThat(s.hostPort("at")).isEqualTo(new HostPort("::1", 80));
                    assertThat(s.hostPort("near", 1080)).isEqualTo(new HostPort("host", 1080));
                    assertThat(s.strings("one")).containsExactly("a");
                    assertThat(s.strings("many")).containsExactly("a", "b");
                    assertThat(s.choice("pick", Size.class)).isEqualTo(Size.VERY_LARGE);
                    assertThat(s.section("section").orElseThrow().string("deep"))
                            .isEqualTo("x");
                    assertThat(s.sections("list").stream().map(each -> each.integer("a", 0, 9)))
                            .containsExactly(1, 2);
                }))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
        count = 8             | s.count: expected a whole number from 1 to 7, got 8
        count = 1.9           | s.count: expected a whole number from 1 to 7
        count = "1.9"         | s.count: expected a whole number from 1 to 7
        count = many          | s.count: expected a whole number from 1 to 7
        count = null          | s.count: missing; expected a whole number from 1 to 7
        count = 3, wait = 5x  | s.wait: expected a time with its unit, such as 10s or 500ms
        count = 3, wait = 5   | s.wait: expected a time with its unit, such as 10s or 500ms
        count = 3, wait = 0s  | s.wait: expected a time with its unit, such as 10s or 500ms, more than zero
        count = 3, wait = -1s | s.wait: expected a time with its unit, such as 10s or 500ms, more than zero
        count = 3, size = big | s.size: expected a size, such as 64KiB
        count = 3, size = -1B | s.size: expected a size, such as 64KiB
        count = 3, size=10YiB | s.size: expected a size, such as 64KiB
        count = 3, at = "a"   | s.at: expected host:port, got "a": no port
        count = 3, at = "a:0" | s.at: expected host:port, got "a:0": port 0 can't be reached
        count = 3, to = "a:0" | s.to: expected host or host:port, got "a:0": port 0 can't be reached
        count = 3, pick = tiny| s.pick: expected one of small, very-large, got "tiny"
        count = 3, pick = smal| s.pick: expected one of small, very-large, got "smal"; did you mean "small"?
        count = 3, part = 1   | s.part: expected a section: part { … }
        count = 3, list = [1] | s.list.0: expected a section: { … }
        count = 3, yes = 1    | s.yes: expected true or false
        count = 3, cuont = 3  | s.cuont: unknown key; did you mean "count"?
        count = 3, part {x=1} | s.part.x: unknown key
        """)
    void tellsWhatIsWrongAndWhatWasExpected(String text, String problem) {
        assertThat(problems(text, s -> {
                    s.integer("count", 1, 7);
                    s.sections("list");
                    s.section("part");
                    ifThere(s, "wait", s::duration);
                    ifThere(s, "size", s::bytes);
                    ifThere(s, "at", s::hostPort);
                    ifThere(s, "to", key -> s.hostPort(key, 80));
                    ifThere(s, "pick", key -> s.choice(key, Size.class));
                    ifThere(s, "yes", s::flag);
                }))
                .singleElement()
                .asString()
                .startsWith("given: 1: " + problem);
    }

    @Test
    void goesOnReadingBehindAProblemAndTellsAllByTheirLines() {
        assertThat(problems("a = x\nb = y", s -> {
                    s.integer("a", 3, 9);
                    s.integer("b", 3, 9);
                    s.string("c");
                }))
                .containsExactly(
                        "given: 1: s.a: expected a whole number from 3 to 9",
                        "given: 1: s.c: missing; expected a text",
                        "given: 2: s.b: expected a whole number from 3 to 9");
    }

    @Test
    void saysWhyAKeyCantBeUsedHere() {
        assertThat(problems("alpn = h2", s -> s.unusable("alpn", "only with TLS")))
                .containsExactly("given: 1: s.alpn: only with TLS");
    }

    @Test
    void knowsAKeyThatAnyOfItsReadersAsksFor() {
        assertThat(problems("a = 1, b = 2", s -> {
                    s.string("a");
                    s.as("other").string("b");
                    assertThat(s.askedKeys()).containsExactly("a", "b");
                }))
                .isEmpty();
    }

    @Test
    void makesOnceWhatReadersOfOneSectionMakeFromTheSame() {
        problems("part {}", s -> {
            Object made = s.once("key", Object.class, Object::new);
            assertThat(s.as("other").once("key", Object.class, Object::new)).isSameAs(made);
            assertThat(s.as("other").once("another key", Object.class, Object::new))
                    .isNotSameAs(made);
            assertThat(s.section("part").orElseThrow().once("key", Object.class, Object::new))
                    .isNotSameAs(made);
        });
    }

    @Test
    void findsFilesBesideTheConfigThatNamesThem(@TempDir Path folder) throws Exception {
        Path file = Files.writeString(folder.resolve("a.conf"), "near = b.pem, far = /c.pem");
        Settings settings = Settings.of(
                ConfigFactory.parseFile(file.toFile()).root(),
                "s",
                "",
                ConfigFactory.parseString("hopline.defaults {}"),
                new Problems());

        assertThat(settings.path("near")).isEqualTo(folder.resolve("b.pem"));
        assertThat(settings.path("far")).isEqualTo(Path.of("/c.pem"));
        assertThat(settings.optionalPath("none")).isEmpty();
    }

    @Test
    void throwsEverythingThatIsWrongWithSettingsOfJavaCode() {
        assertThatThrownBy(() -> Settings.read("", "a = x, b = 1", s -> s.integer("a", 1, 2)))
                .isInstanceOf(InvalidSettingsException.class)
                .hasMessageContaining("expected a whole number from 1 to 2")
                .hasMessageContaining("unknown key");
    }

    private static void ifThere(Settings settings, String key, Consumer<String> reader) {
        if (settings.has(key)) {
            reader.accept(key);
        }
    }

    /** The problems of a section at {@code s}, its text beginning on line 1. */
    private static List<String> problems(String text, Consumer<Settings> reader) {
        Problems problems = new Problems();
        Settings settings = Settings.of(
                ConfigFactory.parseString(text, ConfigParseOptions.defaults().setOriginDescription("given"))
                        .root(),
                "s",
                "",
                ConfigFactory.parseString("hopline.defaults { other { c = 3 } }"),
                problems);
        reader.accept(settings);
        settings.reportUnknown();
        return problems.all().stream()
                .map(Problem::toString)
                .filter(problem -> !problem.contains("s.c: unknown key"))
                .collect(Collectors.toList());
    }
}
