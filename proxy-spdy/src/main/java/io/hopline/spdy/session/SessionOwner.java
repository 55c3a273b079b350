package io.hopline.spdy.session;

import io.hopline.api.stream.StreamChannel;

/** Hears what becomes of a session, on its loop. */
public interface SessionOwner {

    /** The peer has opened a stream: its first message, which it has not read yet, is a {@link StreamHead}. */
    void opened(StreamChannel stream);

    /** There may be room for more streams, or none any more. */
    void changed();

    /** The client takes too long over what is no data, so the session is closed. */
    default void slow() {}

    /** A header block is larger than the session takes. */
    default void headTooLarge() {}

    /** The session is over, and with it all of its streams. */
    void ended(String why);
}
