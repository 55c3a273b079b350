package io.hopline.api.settings;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is made from files, and made anew when they have changed; if they can't be used, what was there before stays. The files are
 * looked at when somebody asks and some seconds have passed, never on the thread that asks, and not at all while nobody does.
 */
public final class Live<T> {

    /** Between two looks. */
    public static final Duration PAUSE = Duration.ofSeconds(2);

    private static final Logger LOG = LoggerFactory.getLogger(Live.class);
    /** A file system that hangs keeps nobody waiting for longer. */
    private static final int PATIENCE_MILLIS = 500;

    private final Source<T> source;
    private final String what;
    private final List<Path> files;
    private final LongSupplier clock;
    private final AtomicLong nextLook;
    private final AtomicBoolean looking = new AtomicBoolean();
    private volatile T latest;
    private volatile CompletableFuture<T> current;
    private List<String> stamps;
    private String complaint = "";

    /** Makes it. */
    public interface Source<T> {
        /** @throws IOException if the files can't be used; the message names the file and says why */
        T load() throws IOException;

        /** What it is made from. */
        List<Path> files();
    }

    /**
     * @param what the files are, for the log: {@code files of TLS}
     * @param clock in nanoseconds
     * @throws IOException if there is nothing to begin with
     */
    public Live(Source<T> source, String what, LongSupplier clock) throws IOException {
        this.source = source;
        this.what = what;
        this.files = source.files();
        this.clock = clock;
        this.nextLook = new AtomicLong(clock.getAsLong() + PAUSE.toNanos());
        this.stamps = files.stream().map(Live::stamp).toList();
        this.latest = source.load();
        this.current = CompletableFuture.completedFuture(latest);
    }

    /** What is in the files now; mostly it is there already. */
    public CompletableFuture<T> current() {
        long due = nextLook.get();
        long now = clock.getAsLong();
        if (!files.isEmpty()
                && now - due >= 0
                && nextLook.compareAndSet(due, now + PAUSE.toNanos())
                && looking.compareAndSet(false, true)) {
            current = CompletableFuture.supplyAsync(this::look)
                    .completeOnTimeout(latest, PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
        }
        return current;
    }

    private T look() {
        try {
            List<String> now = files.stream().map(Live::stamp).toList();
            if (!now.equals(stamps)) {
                latest = source.load();
                stamps = now;
                complaint = "";
                LOG.info("the {} have changed, and serve from now on: {}", what, files);
            }
        } catch (IOException | RuntimeException | Error e) {
            // Somebody may be writing still: it is tried again, but told once.
            String why = String.valueOf(e.getMessage());
            if (!why.equals(complaint)) {
                complaint = why;
                LOG.warn("the {} have changed but can't be used, so what was there before serves on: {}", what, why);
            }
        } finally {
            looking.set(false);
        }
        return latest;
    }

    private static String stamp(Path file) {
        try {
            BasicFileAttributes is = Files.readAttributes(file, BasicFileAttributes.class);
            return is.lastModifiedTime() + " " + is.size() + " " + is.fileKey();
        } catch (IOException e) {
            return "unreadable";
        }
    }
}
