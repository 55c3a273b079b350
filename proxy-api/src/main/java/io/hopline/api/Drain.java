package io.hopline.api;

/**
 * Fired as a user event into accepted channels when the server is asked to close: what is under way may finish, nothing new is to be
 * begun, and a connection that could carry more is closed once nothing is under way on it. Who carries one thing only ignores it.
 */
public enum Drain {
    INSTANCE
}
