package io.hopline.api;

import java.util.List;
import java.util.Optional;

/** An inbound's typed settings, before it is joined to the outbound that it serves. */
public interface Entry {

    /** The type as the config names it, for example {@code socks5}; empty where it has none. */
    default String type() {
        return "";
    }

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

    /** The ALPN tokens that TLS offers its clients where {@code tls.alpn} doesn't say, the preferred one first. */
    default List<String> alpn() {
        return List.of();
    }

    /** The one target of all its clients; empty where they name theirs. */
    default Optional<HostPort> fixedTarget() {
        return Optional.empty();
    }

    /** What its settings ask of the outbound besides streams; a chain that lacks it is refused when the config is read. */
    default List<Need> needs() {
        return List.of();
    }

    /**
     * An ability that an outbound must have.
     *
     * @param ability {@link HttpOutbound}, {@link PacketOutbound} or {@link PassiveOutbound}: of what else a chain may be able to do,
     *     its inbound is handed nothing, since nobody would judge what clients reach by that
     * @param key the setting that asks for it
     * @param lack what a hop without it is told to do wrong, for example {@code carries no datagrams}
     */
    record Need(Class<? extends Outbound> ability, String key, String lack) {}
}
