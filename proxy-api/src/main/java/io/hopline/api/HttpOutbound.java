package io.hopline.api;

import io.netty.channel.Channel;
import io.netty.util.concurrent.Future;

/** An outbound that also takes plain HTTP requests without a tunnel. */
public interface HttpOutbound extends Outbound {

    /**
     * Opens an exchange of HTTP messages with whoever forwards requests to the origin; called as {@link #dial} is.
     *
     * @return completes with an active channel, auto-read off, that takes requests in absolute-form (RFC 9112 section 3.2.2) as
     *     Netty {@code HttpObject}s, one after another, and reads the responses as {@code HttpObject}s; what the hop itself needs
     *     on a request, such as its credentials, it adds. Fails with a {@link DialException}.
     */
    Future<Channel> dialHttp(HostPort origin, Session session);
}
