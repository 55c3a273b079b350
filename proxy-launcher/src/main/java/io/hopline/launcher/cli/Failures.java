package io.hopline.launcher.cli;

import io.hopline.api.settings.InvalidSettingsException;
import io.hopline.launcher.lifecycle.ListenException;
import io.hopline.launcher.plugins.PluginException;
import java.io.PrintWriter;
import java.nio.file.InvalidPathException;

/** How every command fails: 1 if the system or the network said no, 2 if the input is wrong. */
final class Failures {

    private static final int REFUSED = 1;
    private static final int WRONG_INPUT = 2;

    private Failures() {}

    /** Tells what went wrong, in words where a user can do something about it; returns the exit status. */
    static int tell(Exception failure, PrintWriter err) {
        int status = REFUSED;
        if (failure instanceof InvalidSettingsException invalid) {
            invalid.problems().forEach(err::println);
            status = WRONG_INPUT;
        } else if (failure instanceof InvalidPathException path) {
            err.println(unnameable(path));
            status = WRONG_INPUT;
        } else if (failure instanceof PluginException || failure instanceof ListenException) {
            err.println("hopline: " + failure.getMessage());
        } else {
            failure.printStackTrace(err);
        }
        err.flush();
        return status;
    }

    /** What to say of a path with a character that the system or the locale has not. */
    static String unnameable(InvalidPathException path) {
        return path.getInput() + ": no file has such a name here: " + path.getReason();
    }
}
