package io.hopline.connect.http1;

import io.netty.channel.ChannelHandlerContext;
import io.netty.util.concurrent.Future;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Bounds how long a client may be silent between requests, and how long it may take over a head once that has begun.
 *
 * <p>One task for a connection, which looks at the clock when it runs: a request costs no timer.
 */
final class HeadClock implements Runnable {

    /** Hears that the client took too long. */
    interface Expiry {
        void expired(ChannelHandlerContext ctx, boolean headBegan);
    }

    private final long head;
    private final long idle;
    private final long tick;
    private final LongSupplier headBegan;
    private final Expiry expired;
    private @Nullable ChannelHandlerContext ctx;
    private @Nullable Future<?> task;
    private long silence;
    private long waitingSince;
    private boolean waiting;

    /**
     * @param idle how long the client may be silent between requests; before the first one it is the head's timeout
     * @param headBegan when the first byte of an incomplete head came, in {@code System.nanoTime}, or 0
     */
    HeadClock(Duration head, Duration idle, LongSupplier headBegan, Expiry expired) {
        this.head = head.toNanos();
        this.idle = idle.toNanos();
        this.tick = Math.min(this.head, this.idle);
        this.silence = this.head;
        this.headBegan = headBegan;
        this.expired = expired;
    }

    /** A request is waited for from now on. */
    void start(ChannelHandlerContext context) {
        ctx = context;
        waiting = true;
        waitingSince = System.nanoTime();
        if (task == null) {
            schedule(tick);
        }
    }

    /** A request has come. */
    void pause() {
        waiting = false;
        silence = idle;
    }

    /** No more requests are waited for. */
    void stop() {
        waiting = false;
        if (task != null) {
            task.cancel(false);
            task = null;
        }
    }

    @Override
    public void run() {
        task = null;
        if (waiting && ctx != null) {
            long began = headBegan.getAsLong();
            long now = System.nanoTime();
            long left = began == 0 ? silence - (now - waitingSince) : head - (now - began);
            if (left > 0) {
                schedule(Math.min(left, tick));
            } else {
                expired.expired(ctx, began != 0);
            }
        }
    }

    private void schedule(long nanos) {
        if (ctx != null) {
            task = ctx.executor().schedule(this, nanos, TimeUnit.NANOSECONDS);
        }
    }
}
