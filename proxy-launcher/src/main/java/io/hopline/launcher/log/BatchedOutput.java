package io.hopline.launcher.log;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.ByteArrayOutputStream;
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
 * <p>Nobody who writes waits for who reads: its own thread hands on, {@value #MILLIS} ms after a write at the latest unless the piece
 * before is still not taken. Of what is written by then 1 MiB is kept and the rest dropped, which a line tells afterwards. {@link #close}
 * hands on all there is, unless that takes longer than {@value #LONGEST_CLOSE_MILLIS} ms; what comes later goes straight through if all
 * before it did. Safe for use by any thread.
 */
public final class BatchedOutput extends OutputStream {

    private static final int PIECE = 32 << 10;
    private static final int MOST = 1 << 20;
    private static final int MILLIS = 20;
    private static final int LONGEST_CLOSE_MILLIS = 1_000;

    private final OutputStream next;
    private ByteArrayOutputStream gathered = new ByteArrayOutputStream(PIECE);
    private ByteArrayOutputStream spare = new ByteArrayOutputStream(PIECE);
    private int droppedLines;
    private boolean dropping;
    private boolean waiting;
    private boolean closed;
    private boolean ended;

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
        if (ended) {
            next.write(bytes, offset, length);
            return;
        }
        int before = gathered.size();
        if (dropping || length > MOST - before) {
            drop(bytes, offset, length);
            return;
        }
        gathered.write(bytes, offset, length);
        if (waiting || (before <= PIECE && gathered.size() > PIECE)) {
            // Only in a quiet time, or when a whole piece is there: while lines keep coming the thread looks after them
            // by itself, which spares the writer a system call for each batch, and a processor that both share a
            // switch between them.
            notifyAll();
        }
    }

    private void drop(byte[] bytes, int offset, int length) {
        dropping = true;
        for (int i = offset; i < offset + length; i++) {
            if (bytes[i] == '\n') {
                droppedLines++;
            }
        }
    }

    @Override
    public synchronized void close() {
        closed = true;
        notifyAll();
        long deadline = System.nanoTime() + LONGEST_CLOSE_MILLIS * 1_000_000L;
        try {
            long millis = LONGEST_CLOSE_MILLIS;
            while (!ended && millis > 0) {
                wait(millis);
                millis = (deadline - System.nanoTime()) / 1_000_000;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void handOn() {
        try {
            for (ByteArrayOutputStream piece = take(); piece.size() > 0; piece = take()) {
                writeToNext(piece);
            }
        } catch (InterruptedException e) {
            end();
        }
    }

    private void writeToNext(ByteArrayOutputStream piece) {
        try {
            piece.writeTo(next);
        } catch (IOException e) {
            // Nobody is left to be told that nobody listens.
        }
    }

    /** Waits for what is to be handed on next; nothing once all is. */
    private synchronized ByteArrayOutputStream take() throws InterruptedException {
        boolean gathering = true;
        while (!closed && gathered.size() <= PIECE && (gathering || gathered.size() == 0)) {
            if (gathering) {
                wait(MILLIS);
            } else {
                waiting = true;
                wait();
                waiting = false;
            }
            gathering = !gathering;
        }
        if (dropping) {
            byte[] told = ("... " + droppedLines + " lines of this log are missing, because nobody read it in time"
                            + System.lineSeparator())
                    .getBytes(US_ASCII);
            gathered.write(told, 0, told.length);
            dropping = false;
            droppedLines = 0;
        }
        if (gathered.size() == 0) {
            end();
        }
        ByteArrayOutputStream taken = gathered;
        gathered = spare.size() > PIECE ? new ByteArrayOutputStream(PIECE) : spare;
        gathered.reset();
        spare = taken;
        return taken;
    }

    private synchronized void end() {
        ended = true;
        notifyAll();
    }
}
