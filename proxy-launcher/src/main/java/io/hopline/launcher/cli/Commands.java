package io.hopline.launcher.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.PrintWriter;
import java.nio.file.Path;
import picocli.CommandLine;

/**
 * Carries a command line out. A plain {@code run} is read here: what reads all others is Java 5's bytecode, which no archive of
 * classes takes in, and would be a quarter of the start.
 */
public final class Commands {

    private Commands() {}

    /** Returns the exit status: 0 if all went well, 1 if the system or the network said no, 2 if the input is wrong. */
    public static int execute(String... args) {
        boolean run = args.length > 0 && args[0].equals(RunCommand.NAME);
        boolean file = args.length == 2 && !args[1].startsWith("-");
        if (run && (file || args.length == 1)) {
            return run(args);
        }
        StandardOutput out = new StandardOutput();
        CommandLine line = HoplineCommand.commandLine().setOut(out.writer());
        return out.status(line.execute(args), line.getErr());
    }

    private static int run(String... args) {
        try {
            Serving.untilSignalled(args.length == 1 ? null : Path.of(args[1]));
            return 0;
        } catch (RuntimeException e) {
            return Failures.tell(e, new PrintWriter(System.err, true, UTF_8));
        }
    }
}
