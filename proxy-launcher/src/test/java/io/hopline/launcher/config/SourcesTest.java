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

class SourcesTest {

    private static final String INBOUND = "hopline.inbounds = [ { type = plain, listen = 1080, outbound = lab } ]\n";

    @TempDir
    Path folder;

    @Test
    void readsAFileAndWhatItIncludes() throws IOException {
        write("chains.conf", "hopline.outbounds.lab = \"alpha://a:1\"");
        Path file = write("main.conf", "include \"chains.conf\"\n" + INBOUND);

        assertThat(HoplineConfig.load(file, PLUGINS)
                        .inbounds()
                        .get(0)
                        .outbound()
                        .chain())
                .hasToString("alpha://a:1");
    }

    @Test
    void tellsThePlaceInAnIncludedFile() throws IOException {
        Path included = write("chains.conf", "\n\nhopline.outbounds.lab = [ { type = alpha, sever = 1, server = a } ]");
        Path file = write("main.conf", "include \"chains.conf\"\n" + INBOUND);

        assertThat(problems(file))
                .containsExactly(included + ":3: hopline.outbounds.lab.0.sever: unknown key; did you mean \"server\"?");
    }

    @Test
    void tellsThatThereIsNothingOfOurs() throws IOException {
        Path file = write("main.conf", "hoplin.inbounds = []");

        assertThat(problems(file))
                .containsExactly(file + ": has no section hopline { … }, but \"hoplin\"; did you mean \"hopline\"?");
        assertThat(problems(write("other.conf", "server.port = 1")))
                .containsExactly(folder.resolve("other.conf") + ": has no section hopline { … }");
    }

    @Test
    void tellsThatOursIsNoSection() throws IOException {
        Path file = write("number.conf", "hopline = 5");

        assertThat(problems(file)).containsExactly(file + ":1: hopline: expected a section: hopline { … }");
    }

    @Test
    void takesValuesFromTheEnvironment() throws IOException {
        Path file = write("env.conf", "hopline.outbounds.lab = [ { type = alpha, server = a, names = [ ${PATH} ] } ]");

        assertThat(HoplineConfig.load(file, PLUGINS).outbounds().get("lab"))
                .satisfies(chain ->
                        assertThat(requireNonNull(chain).hops().toString()).contains(System.getenv("PATH")));
    }

    @Test
    void leavesOutWhatAnOptionalSubstitutionDoesNotFind() throws IOException {
        Path file = write(
                "optional.conf",
                "hopline.outbounds.lab = [ { type = alpha, server = a, auth { user = u, password = ${?NO_SUCH_NAME} } } ]");

        assertThat(problems(file))
                .containsExactly(file + ":1: hopline.outbounds.lab.0.auth.password: missing; expected a text");
    }

    @Test
    void tellsOfEverySubstitutionThatLeadsNowhereAndOfAllElse() throws IOException {
        Path file = write("lost.conf", """
                hopline {
                  outbounds.lab = [ { type = alpha, server = ${gone} } ]
                  outbounds.home = [ { type = alpha, server = "a:1", names = [ ${NO_SUCH_NAME} ] } ]
                  thread = 5
                }""");

        assertThat(problems(file))
                .hasSize(3)
                .anyMatch(p -> p.startsWith(file + ":2: ") && p.contains("${gone}"))
                .anyMatch(p -> p.startsWith(file + ":3: ") && p.contains("${NO_SUCH_NAME}"))
                .contains(file + ":4: hopline.thread: unknown key; did you mean \"threads\"?");
    }

    @Test
    void tellsInOneLineWhereTheTextIsNoHocon() throws IOException {
        Path file = write("torn.conf", "hopline {\n  inbounds = [\n    { name = \"front }\n  ]\n}\n");

        assertThat(problems(file))
                .singleElement()
                .asString()
                .startsWith(file + ":3: ")
                .contains("newline in quoted strings")
                .doesNotContain("\n", "if you intended");
    }

    @Test
    void showsNoPieceOfAPasswordThatIsNoHocon() throws IOException {
        assertThat(problems(write("a.conf", "p { password = \"hunter2\" = hunter3 }")))
                .noneMatch(p -> p.contains("hunter"));
        assertThat(problems(write("b.conf", "password = ab$hunter2"))).noneMatch(p -> p.contains("hunter"));
        assertThat(problems(write("c.conf", "x = { password = hunter2 }\nhopline = [ 1 ] ${x}")))
                .singleElement()
                .asString()
                .endsWith("a list or a section can only be joined to another one");
    }

    @Test
    void saysSoWhenThereIsNoSuchFile() {
        Path file = folder.resolve("absent.conf");

        assertThat(problems(file)).containsExactly(file + ": no such file");
        assertThat(problems(folder)).containsExactly(folder + ": is a folder, expected a config file");
        assertThat(problems(Path.of("")))
                .containsExactly("\"\": is an empty path, expected that of a config file; is a variable not set?");
    }

    /** As of a folder that a service may not look into, which root may. */
    @Test
    void saysWhyItCannotTellWhetherThereIsSuchAFile() throws IOException {
        Path loop = Files.createSymbolicLink(folder.resolve("loop.conf"), Path.of("loop.conf"));

        assertThat(problems(loop)).singleElement().asString().startsWith(loop + ": Too many levels of symbolic links");
    }

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
