package io.hopline.api.builtin;

import com.google.common.base.Ticker;
import io.hopline.api.transport.Transport;
import io.netty.channel.EventLoop;
import io.netty.channel.socket.SocketProtocolFamily;
import io.netty.handler.codec.dns.DnsRecord;
import io.netty.handler.codec.dns.DnsResponseCode;
import io.netty.resolver.HostsFileEntriesResolver;
import io.netty.resolver.ResolvedAddressTypes;
import io.netty.resolver.dns.DnsErrorCauseException;
import io.netty.resolver.dns.DnsNameResolver;
import io.netty.resolver.dns.DnsNameResolverBuilder;
import io.netty.resolver.dns.DnsNameResolverChannelStrategy;
import io.netty.resolver.dns.NoopAuthoritativeDnsServerCache;
import io.netty.resolver.dns.NoopDnsCnameCache;
import io.netty.util.concurrent.Future;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/**
 * Asks name servers by DNS, over UDP and, for what is too long for that, over TCP.
 *
 * <p>Each event loop has resolvers of its own, dropped when it ends; they share what they learn. Each lookup has a socket of its own:
 * an answer must be guessed along with its port, and no socket is left over.
 */
final class DnsNames implements Names {
    /** Answers of more than this come in fragments, which get lost (DNS flag day 2020). */
    private static final int PAYLOAD = 1232;

    private static final HostsFileEntriesResolver NO_HOSTS_FILE = (name, types) -> null;

    private final NameServers servers;
    private final Duration timeout;
    private final Function<EventLoop, DnsNameResolverBuilder> system;
    private final Map<EventLoop, Resolvers> resolvers = new ConcurrentHashMap<>();
    private final AnswerCache v6 = new AnswerCache(Ticker.systemTicker());
    private final AnswerCache v4 = new AnswerCache(Ticker.systemTicker());

    /** @param timeout for each question to a name server */
    DnsNames(NameServers servers, Duration timeout) {
        this(servers, timeout, DnsNameResolverBuilder::new);
    }

    /** @param system begins a resolver, with what the system's settings say of names */
    DnsNames(NameServers servers, Duration timeout, Function<EventLoop, DnsNameResolverBuilder> system) {
        this.servers = servers;
        this.timeout = timeout;
        this.system = system;
    }

    @Override
    public Future<List<InetAddress>> lookup(String name, SocketProtocolFamily family, EventLoop loop) {
        try {
            servers.get();
        } catch (NoNameServersException nobody) {
            return loop.newFailedFuture(nobody);
        }
        Resolvers own = resolvers.get(loop);
        if (own == null) {
            own = new Resolvers(
                    shared(loop, ResolvedAddressTypes.IPV6_ONLY, v6), shared(loop, ResolvedAddressTypes.IPV4_ONLY, v4));
            resolvers.put(loop, own);
            loop.terminationFuture().addListener(ended -> resolvers.remove(loop));
        }
        String lower = name.toLowerCase(Locale.ROOT);
        return (family == SocketProtocolFamily.INET6 ? own.v6 : own.v4).lookup(lower);
    }

    private SharedLookups shared(EventLoop loop, ResolvedAddressTypes types, AnswerCache cache) {
        DnsNameResolver resolver = resolver(loop, types, cache);
        return new SharedLookups(
                loop,
                name -> resolver.resolveAll(name).addListener(answer -> {
                    // The only final answer that Netty keeps no memory of.
                    if (answer.cause() != null
                            && answer.cause().getCause() instanceof DnsErrorCauseException e
                            && e.getCode().equals(DnsResponseCode.NXDOMAIN)) {
                        cache.cache(name, new DnsRecord[0], answer.cause(), loop);
                    }
                }));
    }

    private DnsNameResolver resolver(EventLoop loop, ResolvedAddressTypes types, AnswerCache cache) {
        Transport transport = Transport.of(loop);
        return system.apply(loop)
                .datagramChannelType(transport.datagram())
                .datagramChannelStrategy(DnsNameResolverChannelStrategy.ChannelPerResolution)
                .socketChannelType(transport.socket())
                .nameServerProvider(name -> new Attempts(servers.get().nameServerAddressStream(name)))
                .resolvedAddressTypes(types)
                .queryTimeoutMillis(timeout.toMillis())
                .maxPayloadSize(PAYLOAD)
                .hostsFileEntriesResolver(NO_HOSTS_FILE)
                // Or what is dialed would be another name than the one that rules were asked of.
                .searchDomains(List.of())
                .authoritativeDnsServerCache(NoopAuthoritativeDnsServerCache.INSTANCE)
                .resolveCache(cache)
                // Netty's own holds whatever names clients and their name servers make up, for as long as those say.
                .cnameCache(NoopDnsCnameCache.INSTANCE)
                .build();
    }

    private record Resolvers(SharedLookups v6, SharedLookups v4) {}
}
