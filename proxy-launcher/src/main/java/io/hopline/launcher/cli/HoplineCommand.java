package io.hopline.launcher.cli;

import java.nio.file.Path;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** {@code hopline}: the command that all others are part of. */
@Command(
        name = "hopline",
        description = "Runs any chain of proxies from one config file.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            RunCommand.class,
            CheckCommand.class,
            TraceCommand.class,
            PipeCommand.class,
            PrepareCommand.class,
            RehearseCommand.class
        })
final class HoplineCommand {

    private HoplineCommand() {}

    /** Reads and carries out a command line. */
    static CommandLine commandLine() {
        return new CommandLine(new HoplineCommand())
                .registerConverter(Path.class, new PathConverter())
                .setExecutionExceptionHandler((failure, command, parsed) -> Failures.tell(failure, command.getErr()));
    }
}
