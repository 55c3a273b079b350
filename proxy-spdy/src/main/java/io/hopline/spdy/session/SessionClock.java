package io.hopline.spdy.session;

import io.hopline.api.stream.Unfinished;
import io.netty.channel.EventLoop;
import io.netty.handler.codec.spdy.DefaultSpdyPingFrame;
import io.netty.handler.codec.spdy.SpdyStreamStatus;
import io.netty.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Watches a session's time: asks a silent peer for a sign of life, ends a session that is idle or dead, and streams that are stuck. */
final class SessionClock {

    /** How late a timeout may be seen, as a part of the shortest. */
    private static final int STEPS = 4;

    private final SpdySession session;
    private final Streams streams;
    private final Outgoing outgoing;
    private final long idleNanos;
    private final long keepAliveNanos;
    private final long stallNanos;
    private final long headNanos;
    private final @Nullable Unfinished unfinished;
    private final Future<?> timer;
    private int nextPing;
    private long readNanos = System.nanoTime();
    private long busyNanos = readNanos;
    private long askedNanos;
    private boolean asked;

    /** @param unfinished what is awaited of a client; of a server nothing */
    SessionClock(
            SpdySession session,
            Streams streams,
            Outgoing outgoing,
            @Nullable Unfinished unfinished,
            SessionSettings settings,
            EventLoop loop) {
        this.session = session;
        this.streams = streams;
        this.outgoing = outgoing;
        this.unfinished = unfinished;
        this.nextPing = unfinished == null ? 1 : 2;
        this.idleNanos = settings.idleTimeout().toNanos();
        this.keepAliveNanos = settings.keepAlive().toNanos();
        this.stallNanos = settings.stallTimeout().toNanos();
        this.headNanos = settings.headTimeout().toNanos();
        long shortest = Math.min(idleNanos, Math.min(keepAliveNanos, stallNanos));
        long step = (unfinished == null ? shortest : Math.min(shortest, headNanos)) / STEPS;
        this.timer = loop.scheduleWithFixedDelay(this::look, step, step, TimeUnit.NANOSECONDS);
    }

    /** Something came from the peer. */
    void read() {
        readNanos = System.nanoTime();
        asked = false;
    }

    void stop() {
        timer.cancel(false);
    }

    private boolean isSlow(long now) {
        return unfinished != null && unfinished.since() != 0 && now - unfinished.since() >= headNanos;
    }

    private void look() {
        long now = System.nanoTime();
        if (streams.count() > 0) {
            busyNanos = now;
        }
        if (isSlow(now)) {
            session.owner().slow();
            session.end(
                    SessionError.OK,
                    "no complete request came within " + TimeUnit.NANOSECONDS.toMillis(headNanos) + " ms");
        } else if (now - busyNanos >= idleNanos) {
            session.end(SessionError.OK, "idle");
        } else if (asked && now - askedNanos >= keepAliveNanos) {
            session.end(SessionError.OK, "no answer to a PING");
        } else if (!asked && now - readNanos >= keepAliveNanos) {
            asked = true;
            askedNanos = now;
            outgoing.control(new DefaultSpdyPingFrame(nextPing));
            nextPing += 2;
        }
        for (SpdyStream stream : streams.snapshot()) {
            long since = stream.channel().heldSince();
            if (since != 0 && now - since >= stallNanos) {
                session.abort(stream, SpdyStreamStatus.CANCEL, "the peer took no data for too long");
            }
        }
    }
}
