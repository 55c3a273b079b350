package io.hopline.api.transport;

import io.netty.channel.Channel;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Accepts nothing for a moment when that fails, as it does where no descriptors are left: those who wait stay in the system's queue, and
 * nothing spins. Netty's own pause is a whole second.
 */
final class AcceptPause extends ChannelDuplexHandler {

    static final int PAUSE_MILLIS = 250;

    private static final Logger LOG = LoggerFactory.getLogger(Listener.class);
    private static final long SECONDS_BETWEEN_WORDS = 10;

    private final Runnable paused;
    private long quietUntil = System.nanoTime();

    AcceptPause(Runnable paused) {
        this.paused = paused;
    }

    @Override
    public void close(ChannelHandlerContext ctx, ChannelPromise promise) {
        // It may be accepting several: it must not ask for another by a descriptor that is somebody else's by then.
        ctx.channel().config().setAutoRead(false);
        ctx.close(promise);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        Channel listener = ctx.channel();
        if (!listener.config().isAutoRead()) {
            return;
        }
        listener.config().setAutoRead(false);
        ctx.executor()
                .schedule(() -> listener.config().setAutoRead(listener.isOpen()), PAUSE_MILLIS, TimeUnit.MILLISECONDS);
        paused.run();
        long now = System.nanoTime();
        if (now - quietUntil >= 0) {
            quietUntil = now + TimeUnit.SECONDS.toNanos(SECONDS_BETWEEN_WORDS);
            LOG.warn(
                    "{} accepts nothing for {} ms: {}",
                    listener.localAddress(),
                    PAUSE_MILLIS,
                    SocketFailure.text(cause));
        }
    }
}
