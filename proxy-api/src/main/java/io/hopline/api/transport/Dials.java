package io.hopline.api.transport;

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

    /** Goes on with the channel once it is there; if the next step fails or throws, the channel is closed. */
    public static Future<Channel> then(
            Future<Channel> dialed, Session session, Function<Channel, Future<Channel>> next) {
        if (dialed.isDone() && !dialed.isSuccess()) {
            return dialed;
        }
        Promise<Channel> promise = session.loop().newPromise();
        dialed.addListener((Future<Channel> d) -> {
            if (!d.isSuccess()) {
                promise.tryFailure(d.cause());
            } else {
                step(d.getNow(), next, promise);
            }
        });
        return promise;
    }

    private static void step(Channel channel, Function<Channel, Future<Channel>> next, Promise<Channel> promise) {
        Future<Channel> stepped;
        try {
            stepped = next.apply(channel);
        } catch (RuntimeException e) {
            channel.close();
            promise.tryFailure(e);
            return;
        }
        stepped.addListener((Future<Channel> s) -> {
            if (!s.isSuccess()) {
                channel.close();
                promise.tryFailure(s.cause());
            } else if (!promise.trySuccess(s.getNow())) {
                channel.close();
            }
        });
    }
}
