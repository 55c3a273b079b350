package io.hopline.api.guard;

import io.netty.channel.EventLoop;
import io.netty.util.concurrent.FastThreadLocal;
import io.netty.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Looks at everything of one event loop that may take too long, once a second: one timer for any number of tunnels, and nothing at all
 * where bytes pass.
 */
final class Watch implements Runnable {

    private static final FastThreadLocal<Watch> OF_THREAD = new FastThreadLocal<>();

    private final EventLoop loop;
    private @Nullable Watched first;
    private @Nullable Watched upNext;
    private @Nullable Future<?> timer;

    private Watch(EventLoop loop) {
        this.loop = loop;
    }

    /** The one of the loop, whose thread calls. */
    static Watch of(EventLoop loop) {
        Watch watch = OF_THREAD.getIfExists();
        if (watch == null || watch.loop != loop) {
            watch = new Watch(loop);
            OF_THREAD.set(watch);
        }
        return watch;
    }

    void add(Watched watched) {
        Watched behind = first;
        watched.watch = this;
        watched.next = behind;
        if (behind != null) {
            behind.previous = watched;
        }
        first = watched;
        if (timer == null) {
            timer = loop.schedule(this, 1, TimeUnit.SECONDS);
        }
    }

    void remove(Watched watched) {
        Watched before = watched.previous;
        Watched behind = watched.next;
        if (watched == upNext) {
            upNext = behind;
        }
        if (before == null) {
            first = behind;
        } else {
            before.next = behind;
        }
        if (behind != null) {
            behind.previous = before;
        }
        watched.watch = null;
        watched.previous = null;
        watched.next = null;
    }

    @Override
    public void run() {
        timer = null;
        for (Watched watched = first; watched != null; watched = upNext) {
            upNext = watched.next;
            watched.second();
        }
        if (first != null && timer == null) {
            timer = loop.schedule(this, 1, TimeUnit.SECONDS);
        }
    }
}
