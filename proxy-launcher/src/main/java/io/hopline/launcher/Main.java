package io.hopline.launcher;

import io.hopline.launcher.cli.Commands;

/** Starts the command line. */
public final class Main {

    private Main() {}

    public static void main(String[] args) {
        System.exit(Commands.execute(args));
    }
}
