package io.hopline.launcher.cli;

import com.typesafe.config.ConfigFactory;
import io.hopline.launcher.Hopline;
import io.hopline.launcher.config.HoplineConfig;
import io.hopline.launcher.log.BatchedOutput;
import io.hopline.launcher.plugins.Plugins;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code hopline run [FILE]}: serves until a signal comes. */
@Command(
        name = "run",
        description = {
            "Serves what the config says until it is told to stop.",
            "By the first SIGTERM or SIGINT (Ctrl-C) it stops listening and gives live sessions the config's shutdown-grace, by"
                    + " the second it ends at once."
        },
        mixinStandardHelpOptions = true)
final class RunCommand implements Callable<Integer> {

    private static final String WITHOUT_FILE =
            "hopline.inbounds = [ { name = local, type = mixed, listen = \"127.0.0.1:1080\" } ]";

    @Spec
    private CommandSpec spec;

    @Parameters(
            paramLabel = "FILE",
            arity = "0..1",
            description = "The config. Without one: HTTP and SOCKS on 127.0.0.1:1080, straight to the target.")
    private @Nullable Path file;

    @Override
    public Integer call() {
        BatchedOutput log = BatchedOutput.ofStandardError();
        try {
            return run();
        } finally {
            log.close();
        }
    }

    private int run() {
        Plugins plugins = Plugins.load();
        HoplineConfig config = file == null
                ? HoplineConfig.of(ConfigFactory.parseString(WITHOUT_FILE), plugins)
                : HoplineConfig.load(file, plugins);
        Signals signals = Signals.caught();
        PrintWriter out = spec.commandLine().getOut();
        Hopline server = Hopline.start(config);
        Summary.print(config, server, out);
        signals.await();
        out.println("stopping; a second signal ends it at once");
        out.flush();
        signals.onSecond(server::shutdownNow);
        server.close();
        return ExitCode.OK;
    }
}
