package io.hopline.api.builtin;

import com.google.common.base.Ticker;
import com.google.common.cache.Cache;
import com.google.common.cache.CacheBuilder;
import io.netty.channel.EventLoop;
import io.netty.handler.codec.dns.DnsRecord;
import io.netty.resolver.dns.DnsCache;
import io.netty.resolver.dns.DnsCacheEntry;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Addresses of names for as long as the name servers said, and for a few seconds that there are none.
 *
 * <p>Unlike Netty's own it holds a bounded number of names, whatever clients ask for, and no timers, so that all event loops can share
 * it and any of them can end.
 */
final class AnswerCache implements DnsCache {
    static final int NAMES = 10_000;
    static final Duration LONGEST = Duration.ofHours(1);
    static final Duration NEGATIVE = Duration.ofSeconds(10);

    private final Ticker ticker;
    private final Cache<String, Answer> answers =
            CacheBuilder.newBuilder().maximumSize(NAMES).build();

    AnswerCache(Ticker ticker) {
        this.ticker = ticker;
    }

    @Override
    public List<Entry> get(String name, DnsRecord[] additionals) {
        Answer answer = answers.getIfPresent(name);
        if (answer == null) {
            return List.of();
        }
        if (answer.isOver(ticker.read())) {
            answers.asMap().remove(name, answer);
            return List.of();
        }
        return answer.entries;
    }

    /** Adds one address of a name. */
    @Override
    public Entry cache(String name, DnsRecord[] additionals, InetAddress address, long ttlSeconds, EventLoop loop) {
        Entry entry = new Entry(address, null);
        if (ttlSeconds > 0) {
            long now = ticker.read();
            long end = now
                    + Math.min(LONGEST.toNanos(), Duration.ofSeconds(ttlSeconds).toNanos());
            answers.asMap().merge(name, new Answer(List.of(entry), end), (old, added) -> old.with(added, now));
        }
        return entry;
    }

    /** Replaces what is known of a name by the failure to find an address; Netty tells some failures twice, then without their cause. */
    @Override
    public Entry cache(String name, DnsRecord[] additionals, Throwable cause, EventLoop loop) {
        Entry entry = new Entry(null, cause);
        long now = ticker.read();
        Answer failure = new Answer(List.of(entry), now + NEGATIVE.toNanos());
        answers.asMap().merge(name, failure, (old, added) -> old.saysMoreThan(cause, now) ? old : added);
        return entry;
    }

    @Override
    public void clear() {
        answers.invalidateAll();
    }

    @Override
    public boolean clear(String name) {
        return answers.asMap().remove(name) != null;
    }

    /** One address, or why there is none. */
    record Entry(@Nullable InetAddress address, @Nullable Throwable cause) implements DnsCacheEntry {}

    private record Answer(List<Entry> entries, long endNanos) {
        boolean isOver(long now) {
            return now - endNanos >= 0;
        }

        boolean saysMoreThan(Throwable failure, long now) {
            Throwable known = entries.get(0).cause;
            return !isOver(now) && failure.getCause() == null && known != null && known.getCause() != null;
        }

        Answer with(Answer added, long now) {
            if (isOver(now) || entries.get(0).cause != null) {
                return added;
            }
            List<Entry> all = new ArrayList<>(entries);
            added.entries.stream().filter(entry -> !all.contains(entry)).forEach(all::add);
            return new Answer(List.copyOf(all), Math.min(endNanos, added.endNanos));
        }
    }
}
