package io.hopline.api;

import io.netty.channel.Channel;
import io.netty.util.concurrent.Future;
import java.util.Optional;

/** An outbound that also takes plain HTTP requests without a tunnel. */
public interface HttpOutbound extends Outbound {

    /**
     * Opens exchanges of HTTP messages with whoever forwards requests to the origin; called as {@link #dial} is.
     *
     * <p>Requests are written in absolute-form (RFC 9112 section 3.2.2) with their end-to-end fields alone, {@code Upgrade} and {@code TE}
     * among them where they are meant; what the connection or the hop needs, such as its credentials, is added below. A body of
     * unknown length is told by {@code Transfer-Encoding: chunked}. The next request may be written once the response has ended,
     * if the channel is still active then and has fired no {@code ChannelInputShutdownEvent}, by which it says that it answers no more,
     * be it that it is closed only later.
     *
     * <p>Responses are read without the fields that concern the connection, interim ones (1xx) as {@code FullHttpResponse}. One that
     * is cut short ends in a {@code LastHttpContent} whose decoder result is a failure. What goes wrong before a response has begun
     * is fired as an exception, a {@link DialException} whose reason is REFUSED if not a byte of an answer came. Behind a 101 the
     * channel carries {@code ByteBuf}s both ways.
     *
     * @return completes with an active channel, auto-read off. Fails with a {@link DialException}.
     */
    Future<Channel> dialHttp(HostPort origin, Session session);

    /** Whether requests may ask for an upgrade (RFC 9110 section 7.8); if not, those that do go to the origin through {@link #dial}. */
    default boolean carriesUpgrades() {
        return true;
    }

    /**
     * Who is asked for what comes from the origin: the session's exchanges with one peer may go out on one channel, one after
     * another, without {@link #dialHttp} being asked again. Empty where it has to be asked.
     */
    default Optional<HostPort> peer(HostPort origin, Session session) {
        return Optional.of(origin);
    }
}
