package io.hopline.http2.session;

import io.hopline.api.stream.StreamChannel;

/** Who has opened or accepted a session; called on its loop. */
public interface SessionOwner {

    /**
     * The peer has opened a stream. Its first message is a {@link Head}; the channel is registered and nothing has been read from it.
     */
    default void opened(SessionStream stream, StreamChannel channel) {
        stream.refuse();
    }

    /** The client takes too long over what is no data, so the session is closed. */
    default void slow(String why) {}

    /** A header section is larger than the session takes. */
    default void headTooLarge() {}

    /** A stream has ended, the peer has sent settings or GOAWAY, or the session is closed. */
    default void changed(Http2Session session) {}

    /** The connection is gone, and with it all of the session's streams. */
    default void ended(String why) {}
}
