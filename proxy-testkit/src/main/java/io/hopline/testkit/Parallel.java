package io.hopline.testkit;

import java.util.concurrent.CompletionService;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Does several things at once. */
final class Parallel {

    private Parallel() {}

    /** One of them. */
    @FunctionalInterface
    interface Action {
        void run() throws Exception;
    }

    /** Runs each action on a thread of its own; returns when all are done, or throws as soon as one has failed. */
    static void run(Action... actions) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(actions.length);
        try {
            CompletionService<Boolean> running = new ExecutorCompletionService<>(threads);
            for (Action action : actions) {
                running.submit(() -> {
                    action.run();
                    return true;
                });
            }
            for (int i = 0; i < actions.length; i++) {
                running.take().get();
            }
        } catch (ExecutionException e) {
            throw new AssertionError("one of several failed", e.getCause());
        } finally {
            threads.shutdownNow();
        }
    }
}
