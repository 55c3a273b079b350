package io.hopline.api.transport;

import io.hopline.api.Inbound;
import io.hopline.api.settings.Settings;
import io.netty.handler.ipfilter.IpFilterRuleType;
import io.netty.handler.ipfilter.IpSubnetFilterRule;
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
public record InboundProxyProtocol(List<IpSubnetFilterRule> from, Duration timeout) {

    public InboundProxyProtocol {
        from = List.copyOf(from);
    }

    /** Reads {@code proxy-protocol { … }} of an inbound, as {@code hopline.defaults.inbound.proxy-protocol} tells. */
    static Optional<InboundProxyProtocol> read(Settings settings) {
        return settings.section("proxy-protocol", "inbound.proxy-protocol")
                .map(section -> new InboundProxyProtocol(networks(section), section.duration("timeout")));
    }

    /** An address such as {@code 10.0.0.5}, or a network such as {@code 10.0.0.0/8} or {@code fd00::/8}. */
    public static IpSubnetFilterRule network(String text) {
        String cidr = text.indexOf('/') >= 0 ? text : text + (text.indexOf(':') >= 0 ? "/128" : "/32");
        return new IpSubnetFilterRule(cidr, IpFilterRuleType.ACCEPT);
    }

    /** Puts it in front of the inbound; connections from elsewhere are served without a header. */
    public Inbound over(Inbound next) {
        return new ProxyProtocolInbound(this, next);
    }

    boolean expectedFrom(SocketAddress peer) {
        if (from.isEmpty()) {
            return true;
        }
        return peer instanceof InetSocketAddress ip && from.stream().anyMatch(network -> network.matches(ip));
    }

    private static List<IpSubnetFilterRule> networks(Settings section) {
        List<IpSubnetFilterRule> networks = new ArrayList<>();
        for (String text : section.strings("from")) {
            try {
                networks.add(network(text));
            } catch (RuntimeException e) {
                section.problem("from", "expected addresses and networks such as 10.0.0.0/8, got \"" + text + "\"");
            }
        }
        return networks;
    }
}
