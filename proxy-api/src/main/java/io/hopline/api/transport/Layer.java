package io.hopline.api.transport;

import io.hopline.api.HopRef;
import io.hopline.api.HostPort;
import io.hopline.api.Session;
import io.netty.channel.Channel;
import io.netty.util.concurrent.Future;

/** A decorator of a dialed channel that is no proxy protocol: TLS, the PROXY protocol. */
public interface Layer {

    /**
     * Adds the layer to a channel; on the session's loop.
     *
     * @param server whom the channel leads to
     * @param at whose layer it is, for failures and traces
     * @return completes with the channel when the layer is ready for data; on failure its caller closes the channel
     */
    Future<Channel> apply(Channel channel, HostPort server, Session session, HopRef at);

    /** Whether it tells the server the client's address, so that nobody else may use the channel. */
    default boolean tellsClient() {
        return false;
    }

    /** How the layer shows in front of a hop's type, for example {@code tls+}. */
    String describe();
}
