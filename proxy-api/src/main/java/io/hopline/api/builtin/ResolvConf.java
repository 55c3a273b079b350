package io.hopline.api.builtin;

import com.google.common.base.Ticker;
import io.netty.resolver.dns.DnsServerAddressStreamProvider;
import io.netty.resolver.dns.UnixResolverDnsServerAddressStreamProvider;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** The name servers that resolv.conf(5) names; a change of the file counts within a second, as when a laptop changes its network. */
final class ResolvConf implements NameServers {
    private static final String PER_DOMAIN = "/etc/resolver";
    private static final long CHECK_NANOS = Duration.ofSeconds(1).toNanos();

    private final Path file;
    private final Ticker ticker;
    private volatile @Nullable Parsed parsed;
    private volatile long checkedNanos;

    ResolvConf(Path file, Ticker ticker) {
        this.file = file;
        this.ticker = ticker;
    }

    static ResolvConf ofSystem() {
        return new ResolvConf(Path.of("/etc/resolv.conf"), Ticker.systemTicker());
    }

    @Override
    public DnsServerAddressStreamProvider get() {
        Parsed now = parsed;
        if (now == null || ticker.read() - checkedNanos > CHECK_NANOS) {
            now = check(now);
        }
        return now.servers;
    }

    /** Threads that come here together parse the file once each, and to the same end. */
    private Parsed check(@Nullable Parsed before) {
        try {
            FileTime changed = Files.getLastModifiedTime(file);
            Parsed now = before != null && before.changed.equals(changed)
                    ? before
                    : new Parsed(changed, new UnixResolverDnsServerAddressStreamProvider(file.toString(), PER_DOMAIN));
            parsed = now;
            checkedNanos = ticker.read();
            return now;
        } catch (IOException | IllegalArgumentException e) {
            throw new NoNameServersException("no name server in " + file + "; name one there or in name-servers");
        }
    }

    private record Parsed(FileTime changed, DnsServerAddressStreamProvider servers) {}
}
