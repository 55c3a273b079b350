package io.hopline.launcher.config;

import io.hopline.api.Entry;
import io.hopline.api.HostPort;
import java.util.List;

/**
 * An inbound that is to be served.
 *
 * @param name unique among the inbounds
 * @param type as the config names it
 * @param listen where, at least one address; port 0 lets the system choose
 * @param entry its protocol's settings
 * @param outbound what its clients are sent through
 */
public record InboundPlan(String name, String type, List<HostPort> listen, Entry entry, NamedChain outbound) {

    public InboundPlan {
        listen = List.copyOf(listen);
    }
}
