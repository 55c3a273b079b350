package io.hopline.launcher.config;

import static io.hopline.launcher.config.Given.PLUGINS;
import static io.hopline.launcher.config.Given.problems;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What an include reads, and that one which can't be read is refused wherever it stands. */
class StrictIncludesTest {

    private static final String INBOUND = "hopline.inbounds = [ { type = plain, listen = 1080, outbound = lab } ]\n";

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "include \"absent.conf\"",
                "include \"absent\"",
                "include required(\"absent.conf\")",
                "include classpath(\"absent.conf\")",
                "include \"absent\\u0000.conf\"",
                "include \"there.conf\""
            })
    void saysSoWhenAnIncludeIsNotThere(String include) throws IOException {
        write("there.conf", "include \"absent.conf\"");
        Path file = write("main.conf", include + "\n" + INBOUND);

        assertThat(problems(file))
                .singleElement()
                .asString()
                .startsWith("absent")
                .endsWith(": is included, and there is no such file;"
                        + " a name counts from the folder of the file that includes it");
    }

    /** As in a folder that a service may not look into, which root may. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "include \"loop/rules.conf\"",
                "include \"loop/rules\"",
                "include file(\"%s/loop/rules.conf\")",
                "include \"there.conf\""
            })
    void saysWhyItCannotTellWhetherAnIncludeIsThere(String include) throws IOException {
        Files.createSymbolicLink(folder.resolve("loop"), Path.of("loop"));
        write("there.conf", "include \"loop/rules\"");
        Path file = write("main.conf", include.formatted(folder) + "\n" + INBOUND);

        assertThat(problems(file))
                .containsExactly(folder + "/loop/rules.conf: is included, and can't be read: " + folder
                        + "/loop/rules.conf (Too many levels of symbolic links)");
    }

    /** A folder can't be read even by those who may read everything. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "include \"rules.conf\"",
                "include \"rules\"",
                "include file(\"%s\")",
                "include url(\"file:%s\")",
                "include \"there.conf\""
            })
    void saysSoWhenAnIncludeCannotBeRead(String include) throws IOException {
        Path rules = Files.createDirectory(folder.resolve("rules.conf"));
        write("there.conf", "include \"rules.conf\"");
        Path file = write("main.conf", include.formatted(rules) + "\n" + INBOUND);

        assertThat(problems(file))
                .singleElement()
                .asString()
                .contains("rules", ": is included, and can't be read: " + rules)
                .doesNotContain("Exception");
    }

    /** A name without an ending means every file of that name. */
    @ParameterizedTest
    @ValueSource(strings = {"include \"rules\"", "include file(\"%s\")", "include \"there.conf\"", "include \"%s\""})
    void saysSoWhenOneOfSeveralIncludesCannotBeRead(String include) throws IOException {
        Path rules = Files.createDirectory(folder.resolve("rules.conf"));
        write("rules.json", "{ \"hopline\": { \"outbounds\": { \"lab\": \"alpha://a:1\" } } }");
        write("there.conf", "include \"rules\"");
        Path file = write("main.conf", include.formatted(folder.resolve("rules")) + "\n" + INBOUND);

        assertThat(problems(file))
                .singleElement()
                .asString()
                .contains(": is included, and can't be read: " + rules)
                .doesNotContain("Exception");
    }

    /** It may have been meant to lead to rules. */
    @ParameterizedTest
    @ValueSource(strings = {"include \"rules\"", "include file(\"%s\")", "include \"there.conf\"", "include \"%s\""})
    void saysSoWhenOneOfSeveralIncludesIsALinkToNowhere(String include) throws IOException {
        Path rules = Files.createSymbolicLink(folder.resolve("rules.conf"), Path.of("absent"));
        write("rules.json", "{ \"hopline\": { \"outbounds\": { \"lab\": \"alpha://a:1\" } } }");
        write("there.conf", "include \"rules\"");
        Path file = write("main.conf", include.formatted(folder.resolve("rules")) + "\n" + INBOUND);

        assertThat(problems(file))
                .singleElement()
                .asString()
                .contains(": is included, and can't be read: " + rules)
                .doesNotContain("Exception");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "include \"main.conf\"",
                "include \"../%s/main\"",
                "include \"%s/main.conf\"",
                "include file(\"%s/main.conf\")",
                "include url(\"file:%s/main.conf\")",
                "include \"file:%s/main.conf\""
            })
    void saysWhichIncludesAreACircle(String include) throws IOException {
        String back = include.formatted(include.contains("..") ? folder.getFileName() : folder);
        Path between = write("between.conf", "\n\n" + back);
        Path file = write("main.conf", "include \"between\"\n" + INBOUND);

        assertThat(problems(file))
                .singleElement()
                .asString()
                .contains(": includes itself: ", between + " -> ")
                .hasSizeLessThan(400);
    }

    @Test
    void includesOneFileByTwoWays() throws IOException {
        write("chains.conf", "hopline.outbounds.lab = \"alpha://a:1\"");
        write("one.conf", "include \"chains\"");
        write("two.conf", "include \"chains\"");
        Path file = write("main.conf", "include \"one\"\ninclude \"two\"\n" + INBOUND);

        assertThat(HoplineConfig.load(file, PLUGINS).outbounds().get("lab")).hasToString("alpha://a:1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"include \"rules\"", "include file(\"%s\")"})
    void prefersOneOfSeveralIncludesAsHoconDoes(String include) throws IOException {
        write("rules.conf", "hopline.outbounds.lab = \"alpha://conf:1\"");
        write(
                "rules.json",
                "{ \"hopline\": { \"outbounds\": { \"lab\": \"alpha://json:1\", \"more\": \"alpha://json:2\" } } }");
        write(
                "rules.properties",
                "hopline.outbounds.more = alpha://properties:2\nhopline.outbounds.most = alpha://properties:3");
        Path file = write("main.conf", include.formatted(folder.resolve("rules")) + "\n" + INBOUND);

        assertThat(HoplineConfig.load(file, PLUGINS).outbounds().values())
                .extracting(chain -> requireNonNull(chain).toString())
                .containsExactlyInAnyOrder("alpha://conf:1", "alpha://json:2", "alpha://properties:3");
    }

    @Test
    void readsAnIncludeInItsOwnSyntax() throws IOException {
        write("chains.properties", "hopline.outbounds.lab = alpha://a:1");
        Path file = write("main.conf", "include \"chains.properties\"\n" + INBOUND);

        assertThat(HoplineConfig.load(file, PLUGINS).outbounds().get("lab")).hasToString("alpha://a:1");
    }

    private Path write(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text);
    }
}
