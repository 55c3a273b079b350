package io.hopline.api.guard;

import io.hopline.api.Abort;
import io.hopline.api.DialException;
import io.hopline.api.DialException.Reason;
import io.hopline.api.HopRef;
import io.hopline.api.Session;
import io.hopline.api.Step;
import io.netty.channel.Channel;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.FutureListener;
import io.netty.util.concurrent.Promise;

/** Gives up a dial that takes too long in all, however patient each of its hops is. */
final class DialPatience extends Watched implements FutureListener<Channel> {

    private final Guard guard;
    private final Promise<Channel> promise;
    private long seconds;

    private DialPatience(Guard guard, Promise<Channel> promise) {
        this.guard = guard;
        this.promise = promise;
    }

    /** The same, but it fails in time; on the session's loop. */
    static Future<Channel> keep(Future<Channel> dialed, Session session) {
        if (dialed.isDone()) {
            return dialed;
        }
        DialPatience patience = new DialPatience(session.guard(), session.loop().newPromise());
        patience.watchOn(session.loop());
        // Out of patience, or cancelled.
        patience.promise.addListener(done -> dialed.cancel(false));
        dialed.addListener(patience);
        return patience.promise;
    }

    @Override
    public void operationComplete(Future<Channel> dialed) {
        unwatch();
        if (!dialed.isSuccess()) {
            if (dialed.cause() instanceof DialException failure && failure.reason() == Reason.TIMEOUT) {
                guard.count(GuardEvent.DIAL_TIMEOUT);
            }
            promise.tryFailure(dialed.cause());
        } else if (!promise.trySuccess(dialed.getNow())) {
            dialed.getNow().writeAndFlush(Abort.INSTANCE);
        }
    }

    @Override
    protected void second() {
        if (++seconds >= guard.limits().dial().toSeconds()) {
            unwatch();
            guard.count(GuardEvent.DIAL_TIMEOUT);
            promise.tryFailure(new DialException(
                    Reason.TIMEOUT, HopRef.TARGET, Step.CONNECT, "not reached within " + seconds + " s in all"));
        }
    }
}
