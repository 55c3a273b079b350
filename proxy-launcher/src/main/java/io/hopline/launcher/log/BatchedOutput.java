package io.hopline.launcher.log;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.Charset;

/**
 * Gathers what is written for a moment and hands it on in one piece: a busy server logs thousands of lines a second, each a
 * system call of its own otherwise.
 *
 * <p>A flush is left to its own thread, which does it within {@value #MILLIS} ms; {@link #close} hands on all there is, and what
 * comes later goes straight through. Safe for use by any thread.
 */
public final class BatchedOutput extends OutputStream {

    private static final int SIZE = 32 << 10;
    private static final int MILLIS = 20;

    private final OutputStream next;
    private final byte[] batch = new byte[SIZE];
    private int size;
    private boolean waiting;
    private boolean direct;

    /** @param next is never closed */
    public BatchedOutput(OutputStream next) {
        this.next = next;
        Thread thread = new Thread(this::handOn, "hopline-log");
        thread.setDaemon(true);
        thread.start();
    }

    /** Lets all that is written to {@link System#err} be batched, until the result is closed or the JVM ends. */
    public static BatchedOutput ofStandardError() {
        BatchedOutput output = new BatchedOutput(new FileOutputStream(FileDescriptor.err));
        System.setErr(new PrintStream(output, false, Charset.defaultCharset()));
        Runtime.getRuntime().addShutdownHook(new Thread(output::close));
        return output;
    }

    @Override
    public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public synchronized void write(byte[] bytes, int offset, int length) throws IOException {
        if (length > SIZE - size) {
            drain();
        }
        if (direct || length > SIZE) {
            next.write(bytes, offset, length);
            return;
        }
        if (waiting) {
            // Only in a quiet time: while lines keep coming the thread looks after them by itself, which spares the
            // writer a system call for each batch, and a processor that both share a switch between them.
            notifyAll();
        }
        System.arraycopy(bytes, offset, batch, size, length);
        size += length;
    }

    @Override
    public synchronized void close() {
        direct = true;
        try {
            drain();
        } catch (IOException e) {
            // Nobody is left to be told that nobody listens.
        }
        notifyAll();
    }

    private void drain() throws IOException {
        int length = size;
        size = 0;
        next.write(batch, 0, length);
    }

    private synchronized void handOn() {
        try {
            while (!direct) {
                wait(MILLIS);
                if (size > 0) {
                    drain();
                } else if (!direct) {
                    waiting = true;
                    wait();
                    waiting = false;
                }
            }
        } catch (IOException e) {
            direct = true;
        } catch (InterruptedException e) {
            close();
        }
    }
}
