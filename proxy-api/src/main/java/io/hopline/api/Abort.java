package io.hopline.api;

/**
 * Written to a channel to close it so that the peer can't take it for a clean end: TCP is reset, TLS ends without close_notify,
 * a stream is reset. Data not yet sent is dropped.
 */
public enum Abort {
    INSTANCE
}
