package io.hopline.launcher.cli;

import io.hopline.api.settings.InvalidSettingsException;
import io.hopline.launcher.lifecycle.ListenException;
import io.hopline.launcher.plugins.PluginException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParseResult;

/** {@code hopline}: what all commands share, above all how they fail. */
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
            RehearseCommand.class
        })
public final class HoplineCommand {

    private HoplineCommand() {}

    /** The whole command line; its exit status is 0 if all went well, 1 if the system or the network said no, 2 if the input is wrong. */
    public static CommandLine commandLine() {
        return new CommandLine(new HoplineCommand()).setExecutionExceptionHandler(HoplineCommand::failed);
    }

    private static int failed(Exception failure, CommandLine command, ParseResult parsed) throws Exception {
        if (failure instanceof InvalidSettingsException invalid) {
            invalid.problems().forEach(command.getErr()::println);
            return CommandLine.ExitCode.USAGE;
        }
        if (failure instanceof PluginException || failure instanceof ListenException) {
            command.getErr().println("hopline: " + failure.getMessage());
            return CommandLine.ExitCode.SOFTWARE;
        }
        throw failure;
    }
}
