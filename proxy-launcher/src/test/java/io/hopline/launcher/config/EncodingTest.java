package io.hopline.launcher.config;

import static io.hopline.launcher.config.Given.PLUGINS;
import static io.hopline.launcher.config.Given.problems;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.hopline.api.settings.InvalidSettingsException;
import io.hopline.api.settings.Problem;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** In which encodings a config may be, and what is said of those in which it may not. */
class EncodingTest {

    private static final String MARK = "\uFEFF";
    private static final String CHAIN = "hopline.outbounds.lab = \"alpha://a:1\"\n";
    private static final String UTF_16 = ": is UTF-16, expected UTF-8: save it in that encoding";

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"main.conf", "main.json"})
    void readsPastAMarkOfUtf8(String name) throws IOException {
        Path file = write(name, MARK + "{ \"hopline\": { \"outbounds\": { \"lab\": \"alpha://a:1\" } } }", UTF_8);

        assertThat(HoplineConfig.load(file, PLUGINS).outbounds()).containsKey("lab");
    }

    @Test
    void readsPastAMarkOfUtf8InWhatIsIncluded() throws IOException {
        write("chains.conf", MARK + CHAIN, UTF_8);

        assertThat(HoplineConfig.load(including("chains.conf"), PLUGINS).outbounds())
                .containsKey("lab");
    }

    /** Java would take the mark for the first letter of the first key, which then counted for nothing. */
    @Test
    void refusesAMarkInFrontOfProperties() throws IOException {
        Path included = write("chains.properties", MARK + "hopline.outbounds.lab = alpha://a:1", UTF_8);

        assertThat(problems(including("chains.properties")))
                .containsExactly(included + ": begins with a byte order mark, which would become part of its first key:"
                        + " save it without one");
    }

    @Test
    void saysThatAConfigIsUtf16() throws IOException {
        Path little = write("little.conf", MARK + CHAIN, UTF_16LE);
        Path big = write("big.conf", MARK + CHAIN, UTF_16BE);

        assertThat(problems(little)).containsExactly(little + UTF_16);
        assertThat(problems(big)).containsExactly(big + UTF_16);
    }

    @Test
    void saysSoAlsoWithoutAMark() throws IOException {
        Path little = write("little.conf", CHAIN, UTF_16LE);
        Path big = write("big.conf", CHAIN, UTF_16BE);

        assertThat(problems(little)).containsExactly(little + UTF_16);
        assertThat(problems(big)).containsExactly(big + UTF_16);
    }

    /** A single line of it would be a key like any other, and would count for nothing. */
    @ParameterizedTest
    @ValueSource(strings = {"rules.conf", "rules.json", "rules.properties"})
    void saysThatAnIncludeIsUtf16(String name) throws IOException {
        Path included = write(name, MARK + "hopline.threads=2", UTF_16LE);

        assertThat(problems(including(name))).containsExactly(included + UTF_16);
        assertThat(problems(including("rules"))).containsExactly(included + UTF_16);
    }

    /** How that begins can't be looked at twice. */
    @Test
    void refusesAKeyThatWouldCountForNothingAlsoFromAUrl() throws IOException {
        Path jar = folder.resolve("rules.jar");
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(jar))) {
            zip.putNextEntry(new ZipEntry("rules.conf"));
            zip.write((MARK + "hopline.threads=2").getBytes(UTF_16LE));
        }
        String url = "jar:" + jar.toUri() + "!/rules.conf";
        Path file = write("main.conf", "include url(\"" + url + "\")\nhopline.threads = 1\n", UTF_8);

        assertThat(problems(file))
                .containsExactly(url + ": 1: has a key that is not in UTF-8; save it in that encoding");
    }

    @Test
    void saysOfAProgramThatItIsNoText() throws IOException {
        Path file = write("program.conf", "\u007fELF\u0002\u0001\0\0\0", UTF_8);

        assertThat(problems(file)).containsExactly(file + ": is no text; is it the right file?");
    }

    @Test
    void refusesAPasswordThatWouldBeAnother() throws IOException {
        Path file = write("main.conf", """
                # für das Labor
                hopline.outbounds.lab = [
                  { type = alpha, server = "a:1"
                    auth { user = u, password = "müller" } } ]
                """, ISO_8859_1);

        assertThat(problems(file))
                .containsExactly(
                        file + ":4: hopline.outbounds.lab.0.auth.password: has a character that is not in UTF-8;"
                                + " write it in that encoding");
    }

    @Test
    void refusesAnIncludedNameThatWouldBeAnother() throws IOException {
        Path included = write("chains.conf", "\nhopline.outbounds.büro = direct", ISO_8859_1);

        assertThat(problems(including("chains.conf")))
                .containsExactly(included + ":2: hopline.outbounds.b\uFFFDro: has a character that is not in UTF-8;"
                        + " write it in that encoding");
    }

    @Test
    void refusesAUrlOnTheCommandLineThatWouldBeAnother() {
        InvalidSettingsException refused = requireNonNull(catchThrowableOfType(
                InvalidSettingsException.class, () -> HoplineConfig.chain("alpha://u:m\uFFFDller@a:1", PLUGINS)));

        assertThat(refused.problems())
                .extracting(Problem::toString)
                .containsExactly("--chain: hops: has a character that is not in UTF-8; write it in that encoding");
    }

    @Test
    void readsACommentInAnyEncoding() throws IOException {
        Path file = write("main.conf", "# für das Labor\n" + CHAIN, ISO_8859_1);

        assertThat(HoplineConfig.load(file, PLUGINS).outbounds()).containsKey("lab");
    }

    @Test
    void readsEveryCharacterOfUtf8() throws IOException {
        Path file = write("main.conf", "hopline.outbounds.\"büro\uD83D\uDE00\" = direct", UTF_8);

        assertThat(HoplineConfig.load(file, PLUGINS).outbounds()).containsKey("büro\uD83D\uDE00");
    }

    private Path including(String name) throws IOException {
        return write("main.conf", "include \"" + name + "\"\nhopline.threads = 1\n", UTF_8);
    }

    private Path write(String name, String text, Charset encoding) throws IOException {
        return Files.write(folder.resolve(name), text.getBytes(encoding));
    }
}
