package io.hopline.api;

import io.netty.channel.Channel;
import io.netty.util.concurrent.Future;

/** An outbound that also carries datagrams (UDP). */
public interface PacketOutbound extends Outbound {

    /**
     * Opens an association: a channel of {@link Packet}s to and from any number of peers; called as {@link #dial} is.
     *
     * <p>Like UDP it promises nothing: what can't be sent, has no room in the channel, or comes from a peer that was never written to
     * is dropped without a word. The channel is closed when the association can't go on, and closing it ends the association.
     *
     * @return completes on the session's loop with an active channel, auto-read off. Fails with a {@link DialException}; whatever
     *     was opened on the way is closed then. Cancelling it stops that.
     */
    Future<Channel> associate(Session session);
}
