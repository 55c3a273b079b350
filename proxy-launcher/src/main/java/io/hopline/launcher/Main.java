package io.hopline.launcher;

import io.hopline.launcher.cli.Commands;
import io.hopline.launcher.log.StandardLogging;

/** Starts the command line. */
public final class Main {

    private Main() {}

    public static void main(String[] args) {
        StandardLogging.unlessConfigured();
        System.exit(Commands.execute(args));
    }
}
