package io.hopline.api.transport;

import io.netty.handler.ssl.SslContext;
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
 * A TLS context that is made anew when its files have changed; if they can't be used, the one before stays. The files are looked at
 * when a client comes and some seconds have passed, never on an event loop, and not at all while nobody comes.
 */
final class LiveContext {

    static final Duration PAUSE = Duration.ofSeconds(2);

    private static final Logger LOG = LoggerFactory.getLogger(InboundTls.class);
    /** A file system that hangs keeps nobody waiting for longer. */
    private static final int PATIENCE_MILLIS = 500;

    private final Source source;
    private final List<Path> files;
    private final LongSupplier clock;
    private final AtomicLong nextLook;
    private final AtomicBoolean looking = new AtomicBoolean();
    private volatile SslContext latest;
    private volatile CompletableFuture<SslContext> current;
    private List<String> stamps;
    private String complaint = "";

    /** Makes the context. */
    interface Source {
        /** @throws IOException if the files can't be used; the message names the file and says why */
        SslContext load() throws IOException;

        /** What it is made from. */
        List<Path> files();
    }

    /**
     * @param clock in nanoseconds
     * @throws IOException if there is no context to begin with
     */
    LiveContext(Source source, LongSupplier clock) throws IOException {
        this.source = source;
        this.files = source.files();
        this.clock = clock;
        this.nextLook = new AtomicLong(clock.getAsLong() + PAUSE.toNanos());
        this.stamps = files.stream().map(LiveContext::stamp).toList();
        this.latest = source.load();
        this.current = CompletableFuture.completedFuture(latest);
    }

    /** The context for a client that comes now; mostly it is there already. */
    CompletableFuture<SslContext> current() {
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

    private SslContext look() {
        try {
            List<String> now = files.stream().map(LiveContext::stamp).toList();
            if (!now.equals(stamps)) {
                latest = source.load();
                stamps = now;
                complaint = "";
                LOG.info("the files of TLS have changed, and serve from now on: {}", files);
            }
        } catch (IOException | RuntimeException e) {
            // Somebody may be writing still: it is tried again, but told once.
            String why = String.valueOf(e.getMessage());
            if (!why.equals(complaint)) {
                complaint = why;
                LOG.warn(
                        "the files of TLS have changed but can't be used, so what was there before serves on: {}", why);
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
