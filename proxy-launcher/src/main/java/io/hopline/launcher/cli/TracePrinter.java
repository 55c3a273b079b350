package io.hopline.launcher.cli;

import io.hopline.api.DialException;
import io.hopline.api.HopRef;
import io.hopline.api.HostPort;
import io.hopline.api.Session;
import io.hopline.api.SessionObserver;
import io.hopline.api.Step;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Prints each step of a dial on a line of its own as it happens, under the hop that it belongs to. */
final class TracePrinter implements SessionObserver {

    private static final String LINE = "  %-16s %9s  %s%n";

    private final PrintWriter out;
    private @Nullable HopRef last;

    TracePrinter(PrintWriter out) {
        this.out = out;
    }

    @Override
    public void passed(Session session, HopRef at, Step step, Supplier<String> detail, long nanos) {
        head(at);
        out.printf(LINE, step, millis(nanos), detail.get());
        out.flush();
    }

    /** The step that broke, and why. */
    void failed(DialException failure) {
        head(failure.at());
        out.printf(LINE, failure.step(), "FAILED", failure.getMessage());
        out.flush();
    }

    /** The target can be talked to. */
    void open(HostPort target, long nanos) {
        out.println(target + " is open after " + millis(nanos));
        out.flush();
    }

    private static String millis(long nanos) {
        return String.format(Locale.ROOT, "%.1f ms", nanos / 1e6);
    }

    private void head(HopRef at) {
        if (!at.equals(last)) {
            last = at;
            out.println(at);
        }
    }
}
