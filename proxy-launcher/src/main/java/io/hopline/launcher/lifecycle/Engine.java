package io.hopline.launcher.lifecycle;

import io.hopline.api.Chain;
import io.hopline.api.DialException;
import io.hopline.api.DialException.Reason;
import io.hopline.api.Hop;
import io.hopline.api.HopRef;
import io.hopline.api.Outbound;
import io.hopline.api.Step;
import io.hopline.api.transport.Transport;
import io.netty.channel.EventLoopGroup;
import io.netty.handler.ssl.OpenSsl;
import io.netty.util.concurrent.EventExecutor;
import java.util.concurrent.TimeUnit;

/** Event loops, and the outbound that opens the sockets beneath every chain. */
public final class Engine {

    /** Netty waits two seconds for late tasks by default; nothing here hands in any once its loops are asked to end. */
    private static final int QUIET_MILLIS = 0;

    private static final int LONGEST_END_MILLIS = 5_000;

    private static final Outbound NOTHING = (target, session) -> session.loop()
            .newFailedFuture(new DialException(
                    Reason.DENIED, session.towards(), Step.CONNECT, "there is nothing beneath to open a socket"));

    private final Transport transport;
    private final EventLoopGroup loops;
    private final Outbound direct;

    public Engine(Transport transport, int threads, Hop direct) {
        this.transport = transport;
        this.loops = transport.loops(threads);
        this.direct = direct.over(NOTHING, HopRef.TARGET);
    }

    /** The chain's hops over sockets. */
    public Outbound over(Chain chain) {
        return chain.over(direct);
    }

    public Transport transport() {
        return transport;
    }

    public EventLoopGroup loops() {
        return loops;
    }

    /** Which implementation TLS uses. */
    public static String tlsProvider() {
        return OpenSsl.isAvailable() ? OpenSsl.versionString() : "JDK";
    }

    /** @throws IllegalStateException on an event loop, which can't wait for its own end */
    public void refuseOwnThreads() {
        for (EventExecutor loop : loops) {
            if (loop.inEventLoop()) {
                throw new IllegalStateException("an event loop can't wait for its own end; close from another thread");
            }
        }
    }

    /** Closes every channel and ends the loops; returns when all is released. */
    public void close() {
        loops.shutdownGracefully(QUIET_MILLIS, LONGEST_END_MILLIS, TimeUnit.MILLISECONDS)
                .awaitUninterruptibly();
    }
}
