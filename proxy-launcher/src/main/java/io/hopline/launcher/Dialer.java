package io.hopline.launcher;

import com.google.common.cache.Cache;
import com.google.common.cache.CacheBuilder;
import io.hopline.api.Chain;
import io.hopline.api.DialException;
import io.hopline.api.DialException.Reason;
import io.hopline.api.HopRef;
import io.hopline.api.HostPort;
import io.hopline.api.Outbound;
import io.hopline.api.Session;
import io.hopline.api.SessionObserver;
import io.hopline.api.Step;
import io.hopline.api.Unforeseen;
import io.hopline.api.transport.Leftovers;
import io.hopline.launcher.config.HoplineConfig;
import io.hopline.launcher.lifecycle.Engine;
import io.hopline.launcher.lifecycle.HarmlessObserver;
import io.netty.channel.Channel;
import io.netty.channel.EventLoop;
import io.netty.channel.local.LocalAddress;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.ImmediateEventExecutor;
import io.netty.util.concurrent.Promise;
import io.netty.util.concurrent.PromiseNotifier;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Opens streams through chains, for programs that serve nobody. What hops of a chain keep, such as the sessions that their streams
 * share, is kept for all that is dialed through an equal chain, as long as that is among the last few hundred: so keep chains, or at
 * least their TLS layers, since each of those is equal to itself alone, and make no new ones for each dial.
 *
 * <p>Safe for use by any thread; only {@link #close} must not be called on one of its event loops.
 */
public final class Dialer implements AutoCloseable {

    private static final int MOST_OUTBOUNDS = 256;

    private static final LocalAddress NO_CLIENT = new LocalAddress("dialer");

    private final Engine engine;
    /** What a forgotten one has opened goes on without it: streams to their end, and their sessions until they are idle. */
    private final Cache<Chain, Outbound> outbounds =
            CacheBuilder.newBuilder().maximumSize(MOST_OUTBOUNDS).build();

    private final Set<Promise<Channel>> underway = ConcurrentHashMap.newKeySet();
    private boolean closed;

    private Dialer(Engine engine) {
        this.engine = engine;
    }

    /** A dialer with the defaults of a config. */
    public static Dialer open() {
        return open(HoplineConfig.defaults());
    }

    /** A dialer with the config's transport, threads and defaults. */
    public static Dialer open(HoplineConfig config) {
        return new Dialer(new Engine(config.transport(), config.threads(), config.direct()));
    }

    /**
     * Opens a stream to the target through the chain.
     *
     * @return completes with an active channel of {@code ByteBuf}s whose auto-read is off, so ask it for its reads: what comes before
     *     the first is kept for it, until the channel closes, as it does once both directions have ended. It understands {@link
     *     io.hopline.api.EndOfOutput} and {@link io.hopline.api.Abort}. A write that is done was taken, and may not have left yet: what
     *     memory a buffer stands for is free when the buffer is released. Fails with a {@link DialException} that names the hop and
     *     the step; once the dialer is closed, with one that says so.
     */
    public Future<Channel> dial(Chain chain, HostPort target) {
        return dial(chain, target, SessionObserver.NONE);
    }

    /** As {@link #dial(Chain, HostPort)}; the observer hears each step, on an event loop. */
    public Future<Channel> dial(Chain chain, HostPort target, SessionObserver observer) {
        EventLoop loop = engine.loops().next();
        Session session = Session.of("dialer", chain.toString(), NO_CLIENT, loop, HarmlessObserver.of(observer));
        Promise<Channel> promise = loop.newPromise();
        // No loop may come to its end in between.
        synchronized (underway) {
            if (closed) {
                return ImmediateEventExecutor.INSTANCE.newFailedFuture(wasClosed());
            }
            underway.add(promise);
            loop.execute(() -> dial(chain, target, session, promise));
        }
        promise.addListener(done -> underway.remove(promise));
        return promise;
    }

    private void dial(Chain chain, HostPort target, Session session, Promise<Channel> promise) {
        Future<Channel> dialing = Unforeseen.dial(session, () -> outbound(chain).dial(target, session));
        // Before anybody is told: they come from another thread, and the target may have spoken and gone by then.
        dialing.addListener((Future<Channel> dialed) -> {
            if (dialed.isSuccess()) {
                dialed.getNow().pipeline().addLast(Leftovers.gate());
            }
        });
        PromiseNotifier.cascade(false, dialing, promise);
        dialing.addListener((Future<Channel> dialed) -> {
            if (dialed.isSuccess() && !promise.isSuccess()) {
                dialed.getNow().close();
            }
        });
    }

    private Outbound outbound(Chain chain) {
        Outbound known = outbounds.getIfPresent(chain);
        if (known != null) {
            return known;
        }
        Outbound made = engine.over(chain);
        Outbound others = outbounds.asMap().putIfAbsent(chain, made);
        return others == null ? made : others;
    }

    private static DialException wasClosed() {
        return new DialException(Reason.FAILED, HopRef.TARGET, Step.CONNECT, "the dialer was closed");
    }

    /**
     * Fails what is still being dialed, closes every channel that it opened, and returns when every socket and event loop is released;
     * further calls do nothing.
     */
    @Override
    public void close() {
        engine.refuseOwnThreads();
        synchronized (underway) {
            closed = true;
        }
        // While the loops can still tell of it: what a dial waits for never comes once they have ended.
        underway.forEach(promise -> promise.tryFailure(wasClosed()));
        engine.close();
    }
}
