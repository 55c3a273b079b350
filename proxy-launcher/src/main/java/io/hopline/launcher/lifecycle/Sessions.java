package io.hopline.launcher.lifecycle;

import io.hopline.api.Abort;
import io.hopline.api.Drain;
import io.hopline.api.HopRef;
import io.hopline.api.Inbound;
import io.hopline.api.Served;
import io.hopline.api.Session;
import io.hopline.api.SessionObserver;
import io.hopline.api.Step;
import io.netty.channel.Channel;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** The accepted connections that are still open. */
final class Sessions {

    private static final String CUT = "cut off, because the proxy was stopped";

    /** Only a loop that is blocked takes longer than a moment. */
    private static final Duration LONGEST_CUT = Duration.ofSeconds(1);

    private final Set<Channel> open = ConcurrentHashMap.newKeySet();
    private volatile boolean draining;
    private volatile boolean cut;
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

    /** Breaks off what is still under way, so that no client takes it for a clean end, and sees to it that this is what is told of it. */
    void cut() {
        cut = true;
        open.forEach(client -> client.writeAndFlush(Abort.INSTANCE));
        long deadline = System.nanoTime() + LONGEST_CUT.toNanos();
        for (Channel client : open) {
            client.closeFuture().awaitUninterruptibly(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
        }
    }

    /** Hears what sessions do, but not as the client's doing what {@link #cut} did. */
    SessionObserver tellingOfCuts(SessionObserver next) {
        return new SessionObserver() {
            @Override
            public void passed(Session session, HopRef at, Step step, Supplier<String> detail, long nanos) {
                next.passed(session, at, step, detail, nanos);
            }

            @Override
            public void served(Session session, Served served) {
                next.served(session, cut && !served.outcome().equals(Served.OK) ? served.withOutcome(CUT) : served);
            }
        };
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
