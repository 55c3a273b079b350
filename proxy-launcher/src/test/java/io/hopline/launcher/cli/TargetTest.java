package io.hopline.launcher.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import picocli.CommandLine.ExitCode;

/** What the command line takes for a target. */
class TargetTest {

    private final StringWriter told = new StringWriter();

    @Test
    void tracesNoWayToPort0() {
        assertThat(run(new TraceCommand(), "--chain", "direct", "example.org:0"))
                .isEqualTo(ExitCode.USAGE);
        assertThat(told.toString())
                .contains("expected host:port, such as example.org:443 or [::1]:80: port 0 can't be reached");
    }

    @Test
    void joinsNobodyToPort0() {
        assertThat(run(new PipeCommand(), "--chain", "direct", "example.org", "0"))
                .isEqualTo(ExitCode.USAGE);
        assertThat(told.toString()).contains("example.org 0: port 0 can't be reached");
    }

    @ParameterizedTest
    @ValueSource(strings = {"https", "", "99999999999"})
    void saysWhatAPortIs(String port) {
        assertThat(run(new PipeCommand(), "--chain", "direct", "example.org", port))
                .isEqualTo(ExitCode.USAGE);
        assertThat(told.toString()).contains("example.org " + port + ": expected a port from 1 to 65535");
    }

    private int run(Object command, String... args) {
        return new CommandLine(command).setErr(new PrintWriter(told)).execute(args);
    }
}
