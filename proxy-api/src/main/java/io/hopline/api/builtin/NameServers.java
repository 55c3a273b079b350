package io.hopline.api.builtin;

import io.netty.resolver.dns.DnsServerAddressStream;
import io.netty.resolver.dns.DnsServerAddressStreamProvider;
import io.netty.resolver.dns.DnsServerAddresses;
import io.netty.resolver.dns.UnixResolverDnsServerAddressStreamProvider;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;

/** Whom to ask for a name: the given servers or those of the system, and never anybody else. */
final class NameServers {
    private static final String RESOLV_CONF = "/etc/resolv.conf";
    private static final int ATTEMPTS = 2;

    private NameServers() {}

    static DnsServerAddressStreamProvider of(List<InetSocketAddress> servers) {
        return name -> attempts(DnsServerAddresses.sequential(servers).stream());
    }

    /** @throws NoNameServersException if the system names none: Netty itself would then ask public ones without a word */
    static DnsServerAddressStreamProvider ofSystem() throws NoNameServersException {
        try {
            DnsServerAddressStreamProvider system =
                    new UnixResolverDnsServerAddressStreamProvider(RESOLV_CONF, "/etc/resolver");
            return name -> attempts(system.nameServerAddressStream(name));
        } catch (IOException | IllegalArgumentException e) {
            throw new NoNameServersException("no name server in " + RESOLV_CONF + "; add one, or set name-servers");
        }
    }

    /** Every server twice, as resolv.conf(5) has it: one lost datagram is no failure. */
    private static DnsServerAddressStream attempts(DnsServerAddressStream servers) {
        List<InetSocketAddress> all = new ArrayList<>(ATTEMPTS * servers.size());
        for (int i = 0; i < ATTEMPTS * servers.size(); i++) {
            all.add(servers.next());
        }
        return DnsServerAddresses.sequential(all).stream();
    }
}
