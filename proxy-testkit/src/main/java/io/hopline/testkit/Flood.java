package io.hopline.testkit;

import java.io.IOException;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Writes a payload and then ends the output, on a thread of its own, and tells how far it got. */
final class Flood {

    private static final int QUIET_MILLIS = 100;

    private final BlockingQueue<Integer> written = new LinkedBlockingQueue<>();
    private final FutureTask<Boolean> task;

    private Flood(Wire to, Payload payload) {
        task = new FutureTask<>(() -> write(to, payload));
    }

    static Flood start(Wire to, Payload payload) {
        Flood flood = new Flood(to, payload);
        Thread thread = new Thread(flood.task, "flood");
        thread.setDaemon(true);
        thread.start();
        return flood;
    }

    /** How many bytes could be written before nothing moved any more; fails as soon as that is more than the bound. */
    long stalled(long bound) throws InterruptedException {
        long total = 0;
        for (Integer n = written.poll(QUIET_MILLIS, TimeUnit.MILLISECONDS);
                n != null;
                n = written.poll(QUIET_MILLIS, TimeUnit.MILLISECONDS)) {
            total += n;
            if (total > bound) {
                throw new AssertionError("more than " + bound + " bytes went in while nobody read at the other end");
            }
        }
        return total;
    }

    /** Waits until all is written; throws what went wrong. */
    void finish() throws InterruptedException, ExecutionException, TimeoutException {
        task.get(10, TimeUnit.SECONDS);
    }

    /** The writer is told that the connection is broken; a socket tells so once, so its reader may not hear of it. */
    void expectBroken() throws InterruptedException, TimeoutException {
        try {
            task.get(10, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof IOException) {
                return;
            }
            throw new AssertionError("the writer failed otherwise", e.getCause());
        }
        throw new AssertionError("all was written, and nobody has read it");
    }

    private boolean write(Wire to, Payload payload) throws IOException {
        for (long at = 0; at < payload.length(); at += Payload.CHUNK) {
            byte[] chunk = payload.chunk(at);
            to.write(chunk);
            written.add(chunk.length);
        }
        to.endOutput();
        return true;
    }
}
