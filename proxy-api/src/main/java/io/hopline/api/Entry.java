package io.hopline.api;

/** An inbound's typed settings, before it is joined to the outbound that it serves. */
public interface Entry {

    /** Makes the inbound that sends what its clients ask for through the outbound. */
    Inbound to(Outbound outbound);

    /** Whether every client must prove who it is before anything is dialed for it. */
    default boolean authenticates() {
        return false;
    }

    /** Whether a listener with TLS also takes clients that don't speak it, told apart by their first bytes. */
    default boolean servesPlainBesideTls() {
        return false;
    }
}
