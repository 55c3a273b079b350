package io.hopline.api.stream;

import java.util.function.Consumer;

/** A stream that this side opens: the peer knows of it once it was sent a message. */
public interface ClientLink extends StreamLink {

    /**
     * Binds the stream to the channel that what comes in goes to.
     *
     * @param refused hears, instead of the channel, that the peer has done nothing for the stream, and how it said so: all of it may be
     *     sent again elsewhere, and the stream is to be {@linkplain #closed closed}
     */
    void bind(StreamChannel channel, Consumer<String> refused);
}
