package io.hopline.launcher.lifecycle;

import java.util.concurrent.CountDownLatch;

/** Waits that an interrupt does not cut short, but is told of afterwards. */
final class Uninterrupted {

    private Uninterrupted() {}

    static void await(CountDownLatch latch) {
        boolean interrupted = false;
        while (true) {
            try {
                latch.await();
                break;
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
