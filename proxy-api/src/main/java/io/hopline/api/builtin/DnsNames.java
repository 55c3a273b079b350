package io.hopline.api.builtin;

import io.hopline.api.transport.Transport;
import io.netty.channel.EventLoop;
import io.netty.channel.socket.SocketProtocolFamily;
import io.netty.resolver.HostsFileEntriesResolver;
import io.netty.resolver.ResolvedAddressTypes;
import io.netty.resolver.dns.DnsNameResolver;
import io.netty.resolver.dns.DnsNameResolverBuilder;
import io.netty.resolver.dns.DnsNameResolverChannelStrategy;
import io.netty.resolver.dns.DnsServerAddressStreamProvider;
import io.netty.resolver.dns.NoopAuthoritativeDnsServerCache;
import io.netty.util.concurrent.Future;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Asks name servers by DNS; each event loop has resolvers of its own, dropped when the loop ends. */
final class DnsNames implements Names {
    private static final HostsFileEntriesResolver NO_HOSTS_FILE = (name, types) -> null;

    private final List<InetSocketAddress> servers;
    private final Duration timeout;
    private final Map<EventLoop, Resolvers> resolvers = new ConcurrentHashMap<>();

    DnsNames(List<InetSocketAddress> servers, Duration timeout) {
        this.servers = servers;
        this.timeout = timeout;
    }

    @Override
    public Future<List<InetAddress>> lookup(String name, SocketProtocolFamily family, EventLoop loop) {
        Resolvers own = resolvers.get(loop);
        if (own == null) {
            try {
                own = build(loop);
            } catch (NoNameServersException noServers) {
                return loop.newFailedFuture(noServers);
            }
            resolvers.put(loop, own);
            loop.terminationFuture().addListener(ended -> resolvers.remove(loop));
        }
        return (family == SocketProtocolFamily.INET6 ? own.v6 : own.v4).resolveAll(name);
    }

    private Resolvers build(EventLoop loop) throws NoNameServersException {
        DnsServerAddressStreamProvider provider = servers.isEmpty() ? NameServers.ofSystem() : NameServers.of(servers);
        return new Resolvers(
                build(loop, provider, ResolvedAddressTypes.IPV6_ONLY),
                build(loop, provider, ResolvedAddressTypes.IPV4_ONLY));
    }

    private DnsNameResolver build(EventLoop loop, DnsServerAddressStreamProvider provider, ResolvedAddressTypes types) {
        Transport transport = Transport.of(loop);
        return new DnsNameResolverBuilder(loop)
                .datagramChannelType(transport.datagram())
                .datagramChannelStrategy(DnsNameResolverChannelStrategy.ChannelPerResolution)
                .socketChannelType(transport.socket())
                .nameServerProvider(provider)
                .resolvedAddressTypes(types)
                .queryTimeoutMillis(timeout.toMillis())
                .hostsFileEntriesResolver(NO_HOSTS_FILE)
                .authoritativeDnsServerCache(NoopAuthoritativeDnsServerCache.INSTANCE)
                .negativeTtl(10)
                .build();
    }

    private record Resolvers(DnsNameResolver v6, DnsNameResolver v4) {}
}
