package io.hopline.api.transport;

import java.util.stream.Stream;

/** What the system says of a socket; only the text is the same on every transport, the exceptions' classes are not. */
public final class SocketFailure {

    private SocketFailure() {}

    /** Whether the peer has reset the connection, be it that a read or that a write was told so. */
    public static boolean isReset(Throwable cause) {
        String message = String.valueOf(cause.getMessage());
        return Stream.of("Connection reset", "Broken pipe").anyMatch(message::contains);
    }
}
