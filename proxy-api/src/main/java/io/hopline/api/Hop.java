package io.hopline.api;

import java.util.Optional;

/** One outbound of a chain as its settings say, before it is put over the outbound beneath. */
public interface Hop {

    /** The type as the config names it, for example {@code socks5}. */
    String type();

    /** The hop's own address, empty where it has none. */
    Optional<HostPort> server();

    /**
     * Puts this hop over the outbound beneath.
     *
     * @param via opens the streams that this hop's own bytes travel in
     * @param at how this hop is named in failures and traces
     */
    Outbound over(Outbound via, HopRef at);

    /** Whether the hop opens sockets itself and so can't stand over another. */
    default boolean opensSockets() {
        return false;
    }

    /** Whether streams come out of it, so that another hop can stand over it. */
    default boolean carriesStreams() {
        return true;
    }

    /** Whether it tells its server the client's address, so that what is opened through it is for that client alone. */
    default boolean tellsClient() {
        return false;
    }

    /** Whether clients share what it opens over the outbound beneath. */
    default boolean isShared() {
        return false;
    }

    /** Why this hop can't open a stream to the target, whoever its server is, as a clause without the target; empty if it may. */
    default Optional<String> objection(HostPort target) {
        return Optional.empty();
    }

    /** The hop as one word or URL without secrets, for example {@code https+connect://proxy.corp:443}. */
    default String describe() {
        return server().map(s -> type() + "://" + s).orElse(type());
    }
}
