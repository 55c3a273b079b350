package io.hopline.http2.session;

import io.hopline.api.stream.StreamChannel;
import io.hopline.api.stream.Unfinished;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.util.concurrent.Future;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Ends what waits too long: a session that is dead or idle, a stream whose peer takes nothing. One timer for all of it. */
final class Heartbeat implements Runnable {

    private static final long SHORTEST_MILLIS = 10;
    private static final long LONGEST_MILLIS = 5_000;
    private static final int FRACTION = 4;

    private final Http2Session session;
    private final SessionSettings settings;
    private final Unfinished unfinished = new Unfinished(Frames.HTTP2, Frames.PREFACE);
    private long heard = System.nanoTime();
    private long pinged;
    private long idleSince = System.nanoTime() | 1;
    private @Nullable Future<?> timer;
    private @Nullable ChannelHandlerContext ctx;

    Heartbeat(Http2Session session, SessionSettings settings) {
        this.session = session;
        this.settings = settings;
    }

    void start(ChannelHandlerContext context) {
        ctx = context;
        long shortest = Stream.of(
                        settings.idleTimeout(),
                        settings.pingInterval(),
                        settings.pingTimeout(),
                        settings.stallTimeout(),
                        settings.headTimeout())
                .filter(time -> !time.isZero())
                .mapToLong(Duration::toMillis)
                .min()
                .orElse(LONGEST_MILLIS);
        long period = Math.max(SHORTEST_MILLIS, Math.min(LONGEST_MILLIS, shortest / FRACTION));
        timer = context.executor().scheduleWithFixedDelay(this, period, period, TimeUnit.MILLISECONDS);
    }

    void stop() {
        if (timer != null) {
            timer.cancel(false);
        }
    }

    /** The peer has sent this. */
    void heard(ByteBuf bytes) {
        heard = System.nanoTime();
        if (session.isServer()) {
            unfinished.read(bytes);
        }
    }

    /** The peer has answered a PING. */
    void answered() {
        pinged = 0;
    }

    /** That many streams are open from now on. */
    void idleFrom(int streams) {
        idleSince = streams > 0 ? 0 : idleSince == 0 ? System.nanoTime() | 1 : idleSince;
    }

    @Override
    public void run() {
        long now = System.nanoTime();
        if (!session.isAlive() || ctx == null) {
            stop();
        } else if (pinged != 0 && passed(pinged, settings.pingTimeout(), now)) {
            session.close(
                    "the peer answered no PING within " + settings.pingTimeout().toMillis() + " ms");
        } else if (session.isServer() && isSlow(now)) {
            String why =
                    "no complete request came within " + settings.headTimeout().toMillis() + " ms";
            session.owner().slow(why);
            session.close(why);
        } else if (idleSince != 0 && passed(idleSince, settings.idleTimeout(), now)) {
            session.close("no streams for " + settings.idleTimeout().toMillis() + " ms");
        } else {
            if (pinged == 0 && session.hasPeerSettings() && passed(heard, settings.pingInterval(), now)) {
                pinged = now | 1;
                session.ping(now);
            }
            session.handler().forEachStream(stream -> stalled(stream, now));
        }
    }

    private boolean isSlow(long now) {
        return unfinished.since() != 0 && passed(unfinished.since(), settings.headTimeout(), now);
    }

    private void stalled(SessionStream stream, long now) {
        StreamChannel channel = stream.channel();
        if (channel.heldSince() != 0 && passed(channel.heldSince(), settings.stallTimeout(), now)) {
            channel.pipeline()
                    .fireExceptionCaught(new IOException("the peer took nothing for "
                            + settings.stallTimeout().toMillis() + " ms"));
            channel.close();
        }
    }

    private static boolean passed(long since, Duration time, long now) {
        return now - since > time.toNanos();
    }
}
