package io.hopline.launcher;

import io.hopline.launcher.cli.Commands;
import io.hopline.launcher.log.Logging;

/** Starts the command line. */
public final class Main {

    private Main() {}

    public static void main(String[] args) {
        Logging.prepare();
        System.exit(Commands.execute(args));
    }
}
