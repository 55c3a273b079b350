package io.hopline.launcher;

import io.hopline.launcher.cli.Commands;
import io.hopline.launcher.log.Logging;
import java.util.ServiceConfigurationError;

/** Starts the command line. */
public final class Main {

    private Main() {}

    public static void main(String[] args) {
        try {
            Logging.prepare();
        } catch (ServiceConfigurationError | LinkageError e) {
            System.err.println("hopline: a logger on the class path can't be loaded: " + e);
            System.exit(1);
        }
        System.exit(Commands.execute(args));
    }
}
