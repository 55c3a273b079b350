package io.hopline.launcher.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine.ExitCode;

/** What the commands make of a config that is good, but not for them. */
class ConfigCommandsTest {

    private final StringWriter told = new StringWriter();

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"check", "run"})
    void refusesToServeNothing(String command) throws IOException {
        Path file = write("hopline.outbounds.lab = \"socks5://a\"");

        assertThat(run(command, file.toString())).isEqualTo(ExitCode.USAGE);
        assertThat(told.toString().strip())
                .isEqualTo(file + ": hopline.inbounds: lists no inbound, so there is nothing to serve");
    }

    @Test
    void refusesAFileThatCannotBeNamedHere() {
        assertThat(Commands.execute("run", "a\0b")).isEqualTo(ExitCode.USAGE);

        assertThat(run("check", "a\0b")).isEqualTo(ExitCode.USAGE);
        assertThat(told.toString()).contains("a\0b: no file has such a name here: Nul character not allowed");
    }

    @ParameterizedTest
    @CsvSource({"nowhere, known: block$ direct", "dirct, did you mean \"direct\"?"})
    void namesTheChainsThatNeedNoDeclaration(String asked, String hint) throws IOException {
        Path file = write("hopline {}");

        assertThat(run("trace", "--config", file.toString(), "--outbound", asked, "example.org:443"))
                .isEqualTo(ExitCode.USAGE);
        assertThat(told.toString()).startsWith(file + " has no outbound \"" + asked + "\"; " + hint.replace('$', ','));
    }

    @Test
    void namesTheDeclaredChainsBesideThem() throws IOException {
        Path file = write("hopline.outbounds.lab = \"socks5://a\"");

        run("trace", "--config", file.toString(), "--outbound", "nowhere", "example.org:443");
        assertThat(told.toString()).contains("known: block, direct, lab");
    }

    private Path write(String text) throws IOException {
        return Files.writeString(folder.resolve("hopline.conf"), text);
    }

    private int run(String... args) {
        return HoplineCommand.commandLine().setErr(new PrintWriter(told)).execute(args);
    }
}
