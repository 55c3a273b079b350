package io.hopline.api.builtin;

import io.netty.util.NetUtil;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The addresses still to be tried: the families take turns, IPv6 begins (RFC 8305 section 4). */
final class Candidates {
    private final Queue<InetAddress> v6 = new ArrayDeque<>(1);
    private final Queue<InetAddress> v4 = new ArrayDeque<>(1);
    private boolean v4IsNext;

    void add(List<InetAddress> addresses) {
        for (InetAddress address : addresses) {
            (address instanceof Inet6Address ? v6 : v4).add(address);
        }
    }

    /** Lets IPv4 begin. */
    void beginWithV4() {
        v4IsNext = true;
    }

    boolean isEmpty() {
        return v6.isEmpty() && v4.isEmpty();
    }

    /** Takes the next one; null if there is none. */
    @Nullable InetAddress poll() {
        boolean takeV4 = v4IsNext ? !v4.isEmpty() : v6.isEmpty();
        v4IsNext = !takeV4;
        return takeV4 ? v4.poll() : v6.poll();
    }

    /** The addresses, IPv6 first. */
    @Override
    public String toString() {
        return Stream.concat(v6.stream(), v4.stream())
                .map(NetUtil::toAddressString)
                .collect(Collectors.joining(", "));
    }
}
