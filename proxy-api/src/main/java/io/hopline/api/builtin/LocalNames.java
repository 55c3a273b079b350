package io.hopline.api.builtin;

import io.netty.resolver.DefaultHostsFileEntriesResolver;
import io.netty.resolver.ResolvedAddressTypes;
import io.netty.util.NetUtil;
import java.net.InetAddress;
import java.util.List;
import java.util.Locale;

/** Addresses that need no name server: literals, {@code localhost} and the hosts file. */
final class LocalNames {
    private static final List<InetAddress> LOOPBACK = List.of(NetUtil.LOCALHOST6, NetUtil.LOCALHOST4);

    private LocalNames() {}

    /** The addresses of the host; empty if a name server has to be asked. */
    static List<InetAddress> addresses(String host) {
        byte[] literal = NetUtil.createByteArrayFromIpAddressString(host);
        if (literal != null) {
            return List.of(NetUtil.createInetAddressFromIpAddressString(host));
        }
        String name = host.endsWith(".") ? host.substring(0, host.length() - 1) : host;
        if (isLocalhost(name)) {
            return LOOPBACK;
        }
        List<InetAddress> listed = HostsFile.ENTRIES.addresses(name, ResolvedAddressTypes.IPV6_PREFERRED);
        return listed == null ? List.of() : listed;
    }

    /** RFC 6761 section 6.3: these names are never looked up and always mean this machine. */
    private static boolean isLocalhost(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        return lower.equals("localhost") || lower.endsWith(".localhost");
    }

    /** Read once, when the first name is dialed. */
    private static final class HostsFile {
        static final DefaultHostsFileEntriesResolver ENTRIES = new DefaultHostsFileEntriesResolver();
    }
}
