package io.hopline.api.transport;

import io.netty.handler.ssl.SslContext;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A context of keys that are there, which is made once somebody asks for it: the first one takes the better part of a start. */
final class LateContext {

    private final Supplier<SslContext> maker;
    private volatile @Nullable CompletableFuture<SslContext> made;

    LateContext(Supplier<SslContext> maker) {
        this.maker = maker;
    }

    /** Mostly it is there already; otherwise a thread of its own makes it. Where that failed it is tried again. */
    CompletableFuture<SslContext> made() {
        CompletableFuture<SslContext> before = made;
        return before == null || before.isCompletedExceptionally() ? make() : before;
    }

    private synchronized CompletableFuture<SslContext> make() {
        CompletableFuture<SslContext> before = made;
        if (before != null && !before.isCompletedExceptionally()) {
            return before;
        }
        CompletableFuture<SslContext> making = CompletableFuture.supplyAsync(maker, LateContext::start);
        made = making;
        return making;
    }

    private static void start(Runnable making) {
        Thread thread = new Thread(making, "hopline-tls");
        thread.setDaemon(true);
        thread.start();
    }
}
