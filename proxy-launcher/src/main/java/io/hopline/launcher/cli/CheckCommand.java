package io.hopline.launcher.cli;

import io.hopline.launcher.config.HoplineConfig;
import io.hopline.launcher.config.InboundPlan;
import io.hopline.launcher.plugins.Plugins;
import java.io.PrintWriter;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code hopline check FILE}: all that is wrong with a config, or what it would serve. */
@Command(
        name = "check",
        description = "Reads a config and prints all that is wrong with it, or what it would serve. Opens no socket.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class)
final class CheckCommand implements Runnable {

    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "FILE", description = "The config.")
    private Path file;

    @Override
    public void run() {
        HoplineConfig config = Serving.read(file, Plugins.load());
        config.inbounds().forEach(InboundPlan::ready);
        PrintWriter out = spec.commandLine().getOut();
        Summary.print(config, out);
        out.printf("transport %s, threads %d%n", config.transport(), config.threads());
        out.flush();
    }
}
