package io.hopline.launcher.lifecycle;

/** Addresses that could not be bound; the message names each with its inbound, and says what to do. */
public final class ListenException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    ListenException(String message, Throwable cause) {
        super(message, cause);
    }
}
