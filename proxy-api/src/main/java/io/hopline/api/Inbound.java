package io.hopline.api;

import io.netty.channel.Channel;

/** Serves an accepted channel, or wraps the inbound that will. */
@FunctionalInterface
public interface Inbound {

    /**
     * Takes the channel over, on the session's event loop. The channel is active, carries {@code ByteBuf}s, has auto-read off
     * and may already have read bytes that reach the handlers added here once this method has returned. From here on the
     * inbound answers for the channel: every path must end in a relay, a reply and a close, or an {@link Abort}.
     */
    void accept(Channel client, Session session);

    /** The same for sessions that are told to speak the protocol. */
    default Inbound speaking(String protocol) {
        return (client, session) -> accept(client, session.withProtocol(protocol));
    }
}
