package io.hopline.api.guard;

/** What a guard does to clients; each is counted for each inbound. */
public enum GuardEvent {
    /** A target was not dialed because of a rule. */
    TARGET_DENIED,
    /** A dial would have come back to the inbound that it was made for, or to a server that it goes through. */
    LOOP_DENIED,
    /** A connection was closed at once because the inbound had as many as it may. */
    CONNECTION_REFUSED,
    /** A connection was closed at once because its client's address had as many as it may. */
    CLIENT_REFUSED,
    /** A target was not dialed because the user had as many connections as one may. */
    USER_REFUSED,
    /** A tunnel was cut because nothing had moved in it for too long. */
    TUNNEL_IDLE,
    /** A tunnel with one direction left was cut because nothing had moved in it for too long. */
    HALF_CLOSED_IDLE,
    /** A request was cut off because its body came too slowly. */
    SLOW_BODY,
    /** An HTTP exchange was given up because nothing had moved in it for too long. */
    EXCHANGE_IDLE,
    /** A client was cut off because its handshake, be it of TLS or of what it speaks, or its request's head took too long. */
    SLOW_CLIENT,
    /** A request was refused because its head, or its trailers, had too many bytes or fields. */
    HEAD_TOO_LARGE,
    /** A password was looked at late, or not at all, because its client's address had sent too many wrong ones. */
    PASSWORD_SLOWED,
    /** A dial was given up because one of its steps, or all together, took too long. */
    DIAL_TIMEOUT,
    /** Nothing was accepted for a moment because the process or the system had no descriptors left. */
    ACCEPT_PAUSED
}
