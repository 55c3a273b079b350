package io.hopline.launcher.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine.ExitCode;

/** Every command that says it tells its version does so. */
class VersionTest {

    private final StringWriter told = new StringWriter();

    @ParameterizedTest
    @ValueSource(strings = {"--version", "run -V", "check --version", "trace --version", "pipe --version"})
    void isThatOfTheWhole(String line) {
        assertThat(HoplineCommand.commandLine()
                        .setOut(new PrintWriter(told, true))
                        .execute(line.split(" ", -1)))
                .isEqualTo(ExitCode.OK);
        assertThat(told.toString()).startsWith("hopline ").endsWith(", Java " + Runtime.version() + "\n");
    }
}
