package io.hopline.api.builtin;

import io.netty.resolver.dns.DnsServerAddressStreamProvider;
import io.netty.resolver.dns.DnsServerAddresses;
import java.net.InetSocketAddress;
import java.util.List;

/** Whom to ask for a name: the given servers or those of the system, and never anybody else. */
interface NameServers {
    /** @throws NoNameServersException if there is nobody to ask: Netty itself would then ask public ones without a word */
    DnsServerAddressStreamProvider get();

    static NameServers of(List<InetSocketAddress> servers) {
        DnsServerAddresses addresses = DnsServerAddresses.sequential(servers);
        return () -> name -> addresses.stream();
    }
}
