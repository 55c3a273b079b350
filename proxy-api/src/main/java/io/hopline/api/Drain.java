package io.hopline.api;

/**
 * Fired as a user event into accepted channels when the server is asked to close: what is under way may finish, nothing new is to be
 * begun, and a connection that could carry more, or on which nothing has come yet, is closed once nothing is under way on it. Who
 * carries one thing only ignores it. While TLS is being set up, or the first bytes don't tell yet what a client speaks, it waits for
 * whoever comes next; a part of a PROXY protocol header counts for nothing, since it isn't the client's.
 */
public enum Drain {
    INSTANCE;

    /** What is told of a client that is closed for it before anything was under way. */
    public static final String OUTCOME = "the server closed before the client had said what it wants";
}
