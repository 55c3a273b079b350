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

    private Path write(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text);
    }
}
