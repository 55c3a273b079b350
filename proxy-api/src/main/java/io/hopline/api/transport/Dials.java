package io.hopline.api.transport;

import io.hopline.api.Abort;
import io.hopline.api.Session;
import io.netty.channel.Channel;
import io.netty.util.AttributeKey;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.Promise;
import java.util.function.Function;

/** Puts the steps of a dial in a row, and keeps the one rule against leaks: a step that fails closes the channel beneath it. */
public final class Dials {

    private static final AttributeKey<Boolean> TELLS_CLIENT = AttributeKey.valueOf(Dials.class, "tells-client");

    private Dials() {}

    /** The server was told whose channel this is, so it is not to carry what others ask for. */
    public static void toldClient(Channel channel) {
        channel.attr(TELLS_CLIENT).set(true);
    }

    /** Whether a server on the channel's way was told which client it is for. */
    public static boolean tellsClient(Channel channel) {
        return channel.hasAttr(TELLS_CLIENT);
    }

    /**
     * Goes on with the channel once it is there; if the next step fails or throws, the channel is closed. Cancelling what is returned
     * cancels the step that is under way, and resets the channel beneath.
     */
    public static Future<Channel> then(
            Future<Channel> dialed, Session session, Function<Channel, Future<Channel>> next) {
        if (dialed.isDone() && !dialed.isSuccess()) {
            return dialed;
        }
        Promise<Channel> promise = session.loop().newPromise();
        cancelWith(promise, dialed);
        dialed.addListener((Future<Channel> d) -> {
            if (!d.isSuccess()) {
                promise.tryFailure(d.cause());
            } else if (promise.isDone()) {
                d.getNow().writeAndFlush(Abort.INSTANCE);
            } else {
                step(d.getNow(), next, promise);
            }
        });
        return promise;
    }

    /** Cancels what somebody waits for as soon as nobody waits any more. */
    public static void cancelWith(Future<?> awaited, Future<?> underWay) {
        awaited.addListener(done -> {
            if (done.isCancelled()) {
                underWay.cancel(false);
            }
        });
    }

    private static void step(Channel channel, Function<Channel, Future<Channel>> next, Promise<Channel> promise) {
        Future<Channel> stepped;
        try {
            stepped = next.apply(channel);
        } catch (RuntimeException | LinkageError e) {
            channel.close();
            promise.tryFailure(e);
            return;
        }
        cancelWith(promise, stepped);
        stepped.addListener((Future<Channel> s) -> {
            if (promise.isDone()) {
                // Cancelled: what was sent for it was not meant to be all.
                channel.writeAndFlush(Abort.INSTANCE);
            } else if (!s.isSuccess()) {
                channel.close();
                promise.tryFailure(s.cause());
            } else {
                promise.trySuccess(s.getNow());
            }
        });
    }
}
