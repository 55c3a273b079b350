package io.hopline.launcher.cli;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code hopline run [FILE]}: serves until a signal comes. */
@Command(
        name = RunCommand.NAME,
        description = {
            "Serves what the config says until it is told to stop.",
            "By the first SIGTERM or SIGINT (Ctrl-C) it stops listening and gives live sessions the config's shutdown-grace, by"
                    + " the second it ends at once."
        },
        mixinStandardHelpOptions = true,
        versionProvider = Version.class)
final class RunCommand implements Runnable {

    static final String NAME = "run";

    @Parameters(
            paramLabel = "FILE",
            arity = "0..1",
            description = "The config. Without one: HTTP and SOCKS on 127.0.0.1:1080, straight to the target.")
    private @Nullable Path file;

    @Override
    public void run() {
        Serving.untilSignalled(file);
    }
}
