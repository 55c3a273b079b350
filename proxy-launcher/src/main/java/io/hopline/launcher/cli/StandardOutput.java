package io.hopline.launcher.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.hopline.api.transport.SocketFailure;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.nio.charset.Charset;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ExitCode;

/** The standard output of commands that are run for what they print: knows why that was lost, which a writer keeps to itself. */
final class StandardOutput extends OutputStream {

    private final OutputStream out = new FileOutputStream(FileDescriptor.out);
    private volatile @Nullable IOException failure;

    /** In the terminal's encoding where Java knows it, line by line as it is printed. */
    PrintWriter writer() {
        return new PrintWriter(this, true, Charset.forName(System.getProperty("sun.stdout.encoding", UTF_8.name())));
    }

    @Override
    public void write(int b) throws IOException {
        write(new byte[] {(byte) b});
    }

    @Override
    public void write(byte[] bytes, int from, int length) throws IOException {
        if (failure != null) {
            throw failure; // A gap would go unseen.
        }
        try {
            out.write(bytes, from, length);
        } catch (IOException e) {
            failure = e;
            throw e;
        }
    }

    /**
     * The exit status of a command that would have ended with the given one, once it has printed all.
     *
     * <p>A reader that is gone is told nothing, and changes nothing: it may have read enough, as {@code head} does, and if it broke, it
     * is its own status that says so.
     */
    int status(int ofCommand, PrintWriter err) {
        IOException why = failure;
        if (why == null || SocketFailure.isReset(why)) {
            return ofCommand;
        }
        err.println("hopline: standard output can't be written: " + why.getMessage());
        return ofCommand == ExitCode.OK ? ExitCode.SOFTWARE : ofCommand;
    }
}
