package io.hopline.api.guard;

import io.hopline.api.DialException;
import io.hopline.api.HostPort;
import java.util.List;
import java.util.Optional;

/**
 * How a chain leads to targets.
 *
 * @param looksUp whether it looks names up itself, so that the guard is asked again for each address
 * @param servers those of its hops
 */
record Way(boolean looksUp, List<HostPort> servers) {

    Way {
        servers = List.copyOf(servers);
    }

    /** What is against asking for the target by this chain. */
    Optional<DialException> objection(HostPort target, Guard guard) {
        return leadsBack(target) ? Optional.of(guard.loopOfChain()) : guard.objection(target, looksUp);
    }

    /** The same, but nothing is counted. */
    boolean allows(HostPort target, Guard guard) {
        return !leadsBack(target) && guard.allows(target, looksUp);
    }

    /** Whether the chain would be asked for one of its own servers, through which a client could ask for it again and again. */
    private boolean leadsBack(HostPort target) {
        for (HostPort server : servers) {
            if (server.port() == target.port() && Addresses.isSame(server.host(), target.host())) {
                return true;
            }
        }
        return false;
    }
}
