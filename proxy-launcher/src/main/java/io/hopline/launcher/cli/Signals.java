package io.hopline.launcher.cli;

import java.lang.reflect.Proxy;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;

/**
 * The signals that ask a program to stop, told one by one: a shutdown hook would hear of the first alone.
 *
 * <p>Only {@code sun.misc.Signal} of jdk.unsupported tells them so; javac warns of each mention of it, whatever is suppressed.
 */
final class Signals {

    private final CountDownLatch first = new CountDownLatch(1);
    private final CompletableFuture<Void> second = new CompletableFuture<>();

    private Signals() {}

    /** Catches SIGTERM and SIGINT from now on. */
    static Signals caught() {
        Signals signals = new Signals();
        try {
            Class<?> signal = Class.forName("sun.misc.Signal");
            Class<?> handler = Class.forName("sun.misc.SignalHandler");
            Object arrived =
                    Proxy.newProxyInstance(handler.getClassLoader(), new Class<?>[] {handler}, (p, method, a) -> {
                        signals.arrived();
                        return null;
                    });
            for (String name : List.of("TERM", "INT")) {
                Object caught = signal.getConstructor(String.class).newInstance(name);
                signal.getMethod("handle", signal, handler).invoke(null, caught, arrived);
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

    /** What the second signal does, or has done if it was quick. */
    void onSecond(Runnable action) {
        second.thenRunAsync(action);
    }

    private void arrived() {
        if (first.getCount() > 0) {
            first.countDown();
        } else {
            second.complete(null);
        }
    }
}
