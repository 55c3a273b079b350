package io.hopline.launcher.cli;

import java.lang.reflect.Proxy;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ExitCode;

/**
 * The signals that ask a program to stop, told one by one: a shutdown hook would hear of the first alone.
 *
 * <p>Only {@code sun.misc.Signal} of jdk.unsupported tells them so; javac warns of each mention of it, whatever is suppressed.
 */
final class Signals {

    private final CountDownLatch first = new CountDownLatch(1);
    private final AtomicInteger arrived = new AtomicInteger();
    private volatile @Nullable Runnable hurry;

    private Signals() {}

    /** Catches SIGTERM and SIGINT from now on; until {@link #onSecond} says what is to end in order, the first ends the program. */
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

    /** From now on it is {@link #await} that hears of the first signal; the second one does this, on a thread of its own. */
    void onSecond(Runnable action) {
        hurry = action;
    }

    private void arrived() {
        // Each signal comes on a thread of its own.
        Runnable second = hurry;
        if (second == null) {
            Runtime.getRuntime().exit(ExitCode.OK);
        } else if (arrived.getAndIncrement() == 0) {
            first.countDown();
        } else {
            second.run();
        }
    }
}
