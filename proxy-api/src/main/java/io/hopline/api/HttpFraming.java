package io.hopline.api;

import io.netty.handler.codec.http.HttpResponse;
import java.util.Optional;

/** Frames the messages between a client and whoever serves it, who calls this on the loop. */
@FunctionalInterface
public interface HttpFraming {

    /** From now on the channel carries {@code ByteBuf}s, those first that the client sent early. */
    void leave();

    /**
     * What is wrong with an origin's response to an upgrade that the client has asked for in other words than HTTP/1.1's, and so can't
     * judge by itself. Such a response must not be written; the client is told of a failure in its place.
     */
    default Optional<String> objection(HttpResponse response) {
        return Optional.empty();
    }
}
