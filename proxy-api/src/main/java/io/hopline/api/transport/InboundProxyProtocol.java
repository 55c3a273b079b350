package io.hopline.api.transport;

import io.hopline.api.Inbound;
import io.hopline.api.guard.Network;
import io.hopline.api.settings.Settings;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The PROXY protocol on the way in: who must send its header, and by when.
 *
 * @param from the load balancers that send it; none means everybody must, and so anybody may claim any address
 * @param timeout for the whole header, from the moment that the connection is accepted
 */
public record InboundProxyProtocol(List<Network> from, Duration timeout) {

    public InboundProxyProtocol {
        from = List.copyOf(from);
    }

    /** Reads {@code proxy-protocol { … }} of an inbound, as {@code hopline.defaults.inbound.proxy-protocol} tells. */
    static Optional<InboundProxyProtocol> read(Settings settings) {
        return settings.section("proxy-protocol", "inbound.proxy-protocol")
                .map(section -> new InboundProxyProtocol(networks(section), section.duration("timeout")));
    }

    /** Puts it in front of the inbound; connections from elsewhere are served without a header. */
    public Inbound over(Inbound next) {
        return new ProxyProtocolInbound(this, next);
    }

    boolean expectedFrom(SocketAddress peer) {
        if (from.isEmpty()) {
            return true;
        }
        return peer instanceof InetSocketAddress ip
                && from.stream()
                        .anyMatch(network -> network.contains(ip.getAddress().getAddress()));
    }

    private static List<Network> networks(Settings section) {
        List<Network> networks = new ArrayList<>();
        for (String text : section.strings("from")) {
            try {
                networks.add(Network.parse(text));
            } catch (IllegalArgumentException e) {
                section.problem(
                        "from",
                        "expected addresses and networks such as 10.0.0.0/8, got \"" + text + "\": " + e.getMessage());
            }
        }
        return networks;
    }
}
