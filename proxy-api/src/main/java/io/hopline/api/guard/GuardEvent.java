package io.hopline.api.guard;

/** What a guard does to clients; each is counted for each inbound. */
public enum GuardEvent {
    /** A target was not dialed because of a rule. */
    TARGET_DENIED,
    /** A dial would have come back to the inbound that it was made for. */
    LOOP_DENIED
}
