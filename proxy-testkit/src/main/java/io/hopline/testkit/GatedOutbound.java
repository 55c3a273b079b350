package io.hopline.testkit;

import io.hopline.api.DialException;
import io.hopline.api.HostPort;
import io.hopline.api.Outbound;
import io.hopline.api.Session;
import io.netty.channel.Channel;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.Promise;
import io.netty.util.concurrent.PromiseNotifier;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** What is behind the inbound under test: opens a socket to one place whatever it is asked for, as soon as its gate is open. */
final class GatedOutbound implements Outbound {

    private static final int DEADLINE_SECONDS = 10;

    private final Outbound behind;
    private final CompletableFuture<Boolean> gate = new CompletableFuture<>();
    private final CountDownLatch cancelled = new CountDownLatch(1);
    private final BlockingQueue<HostPort> asked = new LinkedBlockingQueue<>();

    private GatedOutbound(Outbound behind) {
        this.behind = behind;
    }

    static GatedOutbound to(HostPort address) {
        Outbound sockets = Dialer.sockets();
        return new GatedOutbound((target, session) -> sockets.dial(address, session));
    }

    static GatedOutbound failing(DialException failure) {
        return new GatedOutbound((target, session) -> session.loop().newFailedFuture(failure));
    }

    /** Lets all dials go on, those to come too. */
    GatedOutbound open() {
        gate.complete(true);
        return this;
    }

    /** Takes the next target that was asked for; fails the test if none is within ten seconds. */
    HostPort takeAsked() throws InterruptedException {
        HostPort next = asked.poll(DEADLINE_SECONDS, TimeUnit.SECONDS);
        if (next == null) {
            throw new AssertionError("nothing was dialed within " + DEADLINE_SECONDS + " s");
        }
        return next;
    }

    /** Waits until a dial is cancelled; fails the test if none is within ten seconds. */
    void awaitCancelled() throws InterruptedException {
        if (!cancelled.await(DEADLINE_SECONDS, TimeUnit.SECONDS)) {
            throw new AssertionError("no dial was cancelled within " + DEADLINE_SECONDS + " s");
        }
    }

    /** The targets asked for and not yet taken. */
    List<HostPort> asked() {
        return List.copyOf(asked);
    }

    @Override
    public Future<Channel> dial(HostPort target, Session session) {
        asked.add(target);
        Promise<Channel> promise = session.loop().newPromise();
        promise.addListener(done -> {
            if (done.isCancelled()) {
                cancelled.countDown();
            }
        });
        gate.thenRun(() -> session.loop().execute(() -> {
            if (!promise.isDone()) {
                PromiseNotifier.cascade(behind.dial(target, session), promise);
            }
        }));
        return promise;
    }
}
