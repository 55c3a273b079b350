package io.hopline.api;

import java.util.Optional;

/**
 * Names a hop in failures and traces: where it stands in the chain, its type and its server.
 *
 * @param position 1 for the hop nearest to us; 0 for the target itself
 */
public record HopRef(int position, String type, Optional<HostPort> server) {

    /** What stands behind the last hop. */
    public static final HopRef TARGET = new HopRef(0, "target", Optional.empty());

    public static HopRef of(int position, Hop hop) {
        return new HopRef(position, hop.type(), hop.server());
    }

    /** Reads like {@code hop 2 (socks5 10.0.0.5:1080)}, or {@code target}. */
    @Override
    public String toString() {
        if (position == 0) {
            return type;
        }
        return "hop " + position + " (" + type + server.map(s -> " " + s).orElse("") + ")";
    }
}
