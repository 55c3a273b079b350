package io.hopline.api;

import java.util.function.Supplier;

/**
 * Hears what sessions do; called on their event loops, so it must not block. What it throws is logged and does no session harm, whether
 * a server's or a dialer's, but nobody hears then what it was to do.
 */
public interface SessionObserver {

    /** Hears nothing. */
    SessionObserver NONE = new SessionObserver() {};

    /**
     * A step of a dial went well.
     *
     * @param detail puts into words what came of it, without secrets; to be asked during the call, if at all
     * @param nanos how long the step took
     */
    default void passed(Session session, HopRef at, Step step, Supplier<String> detail, long nanos) {}

    /** A tunnel or a forwarded request came to its end, or what the client asked for could not be done. */
    default void served(Session session, Served served) {}
}
