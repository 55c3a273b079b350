package io.hopline.launcher.config;

import io.hopline.api.Chain;

/**
 * A chain and what it is called in logs.
 *
 * @param name as in {@code outbounds}, or for a chain that was written in place, its hops
 */
public record NamedChain(String name, Chain chain) {

    /** Straight to the target. */
    public static final NamedChain DIRECT = new NamedChain("direct", Chain.of());

    /** A chain that has no name of its own. */
    public static NamedChain of(Chain chain) {
        return new NamedChain(chain.toString(), chain);
    }
}
