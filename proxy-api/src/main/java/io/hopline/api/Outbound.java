package io.hopline.api;

import io.netty.channel.Channel;
import io.netty.util.concurrent.Future;

/** Opens a byte stream to a target, possibly over the outbound beneath it. */
@FunctionalInterface
public interface Outbound {

    /**
     * Opens a stream to the target; called on the session's event loop, never blocks, never throws.
     *
     * @return completes on the session's loop with an active channel of {@code ByteBuf}s whose auto-read is off and whose pipeline
     *     holds nothing of the handshakes it took; it understands {@link EndOfOutput} and {@link Abort}. Fails with a {@link
     *     DialException}; whatever was opened on the way is closed then. Cancelling it stops what is under way for this dial alone.
     */
    Future<Channel> dial(HostPort target, Session session);
}
