package io.hopline.launcher.lifecycle;

import io.hopline.api.Drain;
import io.hopline.api.Inbound;
import io.netty.channel.Channel;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The accepted connections that are still open. */
final class Sessions {

    private final Set<Channel> open = ConcurrentHashMap.newKeySet();
    private volatile boolean draining;
    private boolean hurry;

    /** Keeps account of what the inbound accepts. */
    Inbound counted(Inbound next) {
        return (client, session) -> {
            open.add(client);
            client.closeFuture().addListener(closed -> ended(client));
            next.accept(client, session);
            if (draining) {
                drain(client);
            }
        };
    }

    /** Asks all to begin nothing new, so that they are not waited for longer than what they have under way takes. */
    void drain() {
        draining = true;
        open.forEach(Sessions::drain);
    }

    private static void drain(Channel client) {
        client.pipeline().fireUserEventTriggered(Drain.INSTANCE);
    }

    /** Returns when none is open, when the grace is over, at {@link #hurry}, or when the thread is interrupted. */
    synchronized void awaitEnd(Duration grace) {
        long deadline = System.nanoTime() + grace.toNanos();
        try {
            while (!open.isEmpty() && !hurry) {
                long millis = (deadline - System.nanoTime()) / 1_000_000;
                if (millis <= 0) {
                    return;
                }
                wait(millis);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Ends every wait, now and later. */
    synchronized void hurry() {
        hurry = true;
        notifyAll();
    }

    private void ended(Channel client) {
        open.remove(client);
        if (open.isEmpty()) {
            synchronized (this) {
                notifyAll();
            }
        }
    }
}
