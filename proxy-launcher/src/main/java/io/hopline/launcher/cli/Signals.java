package io.hopline.launcher.cli;

import java.lang.reflect.Proxy;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * The signals that ask a program to stop, told one by one: a shutdown hook would hear of the first alone.
 *
 * <p>Only {@code sun.misc.Signal} of jdk.unsupported tells them so; javac warns of each mention of it, whatever is suppressed.
 */
final class Signals {

    private final AtomicBoolean arrived = new AtomicBoolean();
    private final CountDownLatch first = new CountDownLatch(1);
    private final CompletableFuture<Void> second = new CompletableFuture<>();

    private Signals() {}

    /** Catches SIGTERM and SIGINT from now on. */
    static Signals caught() {
        Signals signals = new Signals();
        try {
            Class<?> signal = Class.forName("sun.misc.Signal");
            Class<?> handler = Class.forName("sun.misc.SignalHandler");
            Object told = Proxy.newProxyInstance(handler.getClassLoader(), new Class<?>[] {handler}, (p, method, a) -> {
                signals.arrived();
                return null;
            });
            for (String name : List.of("TERM", "INT")) {
                Object caught = signal.getConstructor(String.class).newInstance(name);
                signal.getMethod("handle", signal, handler).invoke(null, caught, told);
            }
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("this Java runtime lacks jdk.unsupported, which tells signals", e);
        }
        return signals;
    }

    /** Waits for the first signal. */
    void await() {
        try {
            first.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** What the second signal does on its own thread; at once, on this one, if it was quick. */
    void onSecond(Runnable action) {
        second.thenRun(action);
    }

    private void arrived() {
        // Each signal comes on a thread of its own.
        if (arrived.compareAndSet(false, true)) {
            first.countDown();
        } else {
            second.complete(null);
        }
    }
}
