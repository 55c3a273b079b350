package io.hopline.api.builtin;

import io.hopline.api.DialException;
import io.hopline.api.DialException.Reason;
import io.hopline.api.HostPort;
import io.hopline.api.Session;
import io.hopline.api.Step;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.Promise;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * One dial: tries one address after another, without waiting for the one before to fail, and keeps the first connection (RFC 8305
 * section 5). All else that it began is stopped when its future is done, whoever completed that.
 */
final class Race {
    /** How long an attempt has before the next one begins (RFC 8305 section 8). */
    static final Duration ATTEMPT_DELAY = Duration.ofMillis(250);

    private final HostPort target;
    private final Session session;
    private final Sockets sockets;
    private final EventLoop loop;
    private final Promise<Channel> result;
    private final Candidates candidates = new Candidates();
    private final List<Attempt> attempts = new ArrayList<>(1);
    private final ConnectFailures failures = new ConnectFailures();
    private final long startNanos = System.nanoTime();
    private @Nullable Lookup lookup;
    private @Nullable Future<?> timeout;
    private @Nullable Future<?> pause;
    private @Nullable DialException denied;
    private boolean resolved;

    Race(HostPort target, Session session, Sockets sockets) {
        this.target = target;
        this.session = session;
        this.sockets = sockets;
        this.loop = session.loop();
        this.result = loop.newPromise();
    }

    Future<Channel> start(Names names, Duration limit) {
        timeout = after(limit, () -> timedOut(limit));
        result.addListener(done -> stop());
        List<InetAddress> known = LocalNames.addresses(target.host());
        if (known.isEmpty()) {
            lookup = new Lookup(loop, candidates, this::looked);
            lookup.start(target.host(), names, sockets.families());
        } else {
            candidates.add(known);
            resolved = target.isLiteral();
            looked();
        }
        return result;
    }

    private void looked() {
        if (result.isDone()) {
            return;
        }
        if (!resolved && !candidates.isEmpty()) {
            resolved = true;
            session.passed(session.towards(), Step.RESOLVE, () -> target.host() + " -> " + candidates, startNanos);
        }
        if (pause == null) {
            tryNext();
        }
    }

    private void tryNext() {
        InetAddress next = candidates.poll();
        if (next != null) {
            attempt(new InetSocketAddress(next, target.port()));
        } else if (attempts.isEmpty() && isLookedUp()) {
            fail();
        }
    }

    private void attempt(InetSocketAddress to) {
        Optional<DialException> objection = session.objection(target, to.getAddress());
        if (objection.isPresent()) {
            denied = objection.get();
            tryNext();
            return;
        }
        ChannelFuture connected;
        try {
            connected = sockets.connect(to, loop);
        } catch (RuntimeException e) {
            failures.add(to, e);
            tryNext();
            return;
        }
        Attempt attempt = new Attempt(to, connected.channel());
        attempts.add(attempt);
        if (!candidates.isEmpty() || !isLookedUp()) {
            pause = after(ATTEMPT_DELAY, this::pauseIsOver);
        }
        connected.addListener(c -> ended(attempt, c.cause()));
    }

    private void pauseIsOver() {
        pause = null;
        tryNext();
    }

    private void ended(Attempt attempt, @Nullable Throwable cause) {
        attempts.remove(attempt);
        if (result.isDone()) {
            attempt.channel.close();
        } else if (cause != null) {
            attempt.channel.close();
            failures.add(attempt.to, cause);
            cancel(pause);
            pauseIsOver();
        } else {
            session.passed(session.towards(), Step.CONNECT, () -> "to " + HostPort.of(attempt.to), attempt.startNanos);
            if (!result.trySuccess(attempt.channel)) {
                attempt.channel.close();
            }
        }
    }

    private boolean isLookedUp() {
        return lookup == null || lookup.isDone();
    }

    private void fail() {
        if (denied != null) {
            result.tryFailure(denied);
        } else if (lookup != null && failures.isEmpty()) {
            LookupFailure failure = LookupFailure.ofMostWeight(target.host(), lookup.failures());
            fail(failure.reason(), Step.RESOLVE, failure.detail());
        } else {
            fail(failures.reason(), Step.CONNECT, failures.toString());
        }
    }

    private void timedOut(Duration limit) {
        long millis = limit.toMillis();
        String within = " within " + (millis % 1000 == 0 ? millis / 1000 + " s" : millis + " ms");
        String others = failures.isEmpty() ? "" : "; " + failures;
        if (attempts.isEmpty()) {
            fail(
                    Reason.TIMEOUT,
                    Step.RESOLVE,
                    "no answer from the name servers for " + target.host() + within + others);
        } else {
            String silent =
                    attempts.stream().map(a -> HostPort.of(a.to).toString()).collect(Collectors.joining(", "));
            fail(Reason.TIMEOUT, Step.CONNECT, "no answer from " + silent + within + others);
        }
    }

    private void fail(Reason reason, Step step, String detail) {
        result.tryFailure(new DialException(reason, session.towards(), step, detail));
    }

    private void stop() {
        cancel(timeout);
        cancel(pause);
        if (lookup != null) {
            lookup.stop();
        }
        List.copyOf(attempts).forEach(attempt -> attempt.channel.close());
    }

    private Future<?> after(Duration time, Runnable task) {
        return loop.schedule(task, time.toNanos(), TimeUnit.NANOSECONDS);
    }

    private static void cancel(@Nullable Future<?> timer) {
        if (timer != null) {
            timer.cancel(false);
        }
    }

    /** No record, which would get the equality that is asked for made at run time, and every start would wait for it. */
    private static final class Attempt {

        final InetSocketAddress to;
        final Channel channel;
        final long startNanos = System.nanoTime();

        Attempt(InetSocketAddress to, Channel channel) {
            this.to = to;
            this.channel = channel;
        }
    }
}
