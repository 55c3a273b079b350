package io.hopline.api.guard;

import io.netty.util.NetUtil;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Looks through the ways to write an IP address, and to wrap an IPv4 address into an IPv6 one. */
final class Addresses {

    private static final Network MAPPED = Network.parse("::ffff:0:0/96");
    private static final Network LOOPBACK_V6 = Network.parse("::1");
    private static final Network UNSPECIFIED_V6 = Network.parse("::");
    private static final Network COMPATIBLE = Network.parse("::/96");
    private static final Network TRANSLATED = Network.parse("::ffff:0:0:0/96");
    private static final Network NAT64 = Network.parse("64:ff9b::/96");
    private static final Network LOCAL_NAT64 = Network.parse("64:ff9b:1::/48");
    private static final Network SIX_TO_FOUR = Network.parse("2002::/16");
    private static final Network TEREDO = Network.parse("2001::/32");

    private static final byte[] LOOPBACK = {127, 0, 0, 1};

    private Addresses() {}

    /**
     * The addresses that a host is without being looked up: a literal, {@code localhost} (RFC 6761 section 6.3), or what inet_aton(3)
     * takes; two where one reads zeros in front as octal and another does not.
     */
    static List<byte[]> known(String host) {
        String name = name(host);
        if (name.equals("localhost") || name.endsWith(".localhost")) {
            return List.of(LOOPBACK);
        }
        byte[] literal = NetUtil.createByteArrayFromIpAddressString(host);
        byte[] other = InetAton.parse(name);
        if (other == null || Arrays.equals(other, literal)) {
            return literal == null ? List.of() : List.of(literal);
        }
        return literal == null ? List.of(other) : List.of(literal, other);
    }

    /** Whether both certainly are one host, whatever they would be looked up as. */
    static boolean isSame(String one, String other) {
        if (name(one).equals(name(other))) {
            return true;
        }
        List<byte[]> addresses = known(one);
        return known(other).stream()
                .anyMatch(address -> addresses.stream().anyMatch(a -> Arrays.equals(bare(a), bare(address))));
    }

    private static byte[] bare(byte[] address) {
        return meant(address).get(0);
    }

    /** Whether the address is one of this machine alone; what is no IP address never leaves it. */
    static boolean isNear(SocketAddress client) {
        if (!(client instanceof InetSocketAddress inet)) {
            return true;
        }
        InetAddress address = inet.getAddress();
        return address != null
                && meant(address.getAddress()).stream()
                        .allMatch(a -> AddressGroup.of(a).equals(Optional.of(AddressGroup.LOOPBACK)));
    }

    /** A host name as rules compare it. */
    static String name(String host) {
        String name = host.endsWith(".") ? host.substring(0, host.length() - 1) : host;
        return name.toLowerCase(Locale.ROOT);
    }

    /** The address and the IPv4 addresses that a system or a router on the way may make of it; each must be allowed. */
    static List<byte[]> meant(byte[] address) {
        if (address.length == 4) {
            return List.of(address);
        }
        if (MAPPED.contains(address)) {
            return List.of(part(address, 12));
        }
        if (LOOPBACK_V6.contains(address) || UNSPECIFIED_V6.contains(address)) {
            return List.of(address);
        }
        if (NAT64.contains(address) || TRANSLATED.contains(address) || COMPATIBLE.contains(address)) {
            return List.of(address, part(address, 12));
        }
        if (LOCAL_NAT64.contains(address)) {
            // RFC 6052 section 2.2: with this prefix byte 8 is left out and the rest is zero; a longer one has the
            // address last.
            byte[] last = part(address, 12);
            boolean longer = !Arrays.equals(last, new byte[4]);
            return List.of(address, longer ? last : new byte[] {address[6], address[7], address[9], address[10]});
        }
        if (SIX_TO_FOUR.contains(address)) {
            return List.of(address, part(address, 2));
        }
        if (TEREDO.contains(address)) {
            // RFC 4380 section 4: the server, and the client with its bits turned.
            byte[] client = part(address, 12);
            for (int i = 0; i < client.length; i++) {
                client[i] = (byte) ~client[i];
            }
            return List.of(address, part(address, 4), client);
        }
        return isIsatap(address) ? List.of(address, part(address, 12)) : List.of(address);
    }

    /** RFC 5214 section 6.1. */
    private static boolean isIsatap(byte[] address) {
        return (address[8] & 0xFD) == 0 && address[9] == 0 && address[10] == 0x5E && (address[11] & 0xFF) == 0xFE;
    }

    private static byte[] part(byte[] address, int from) {
        return Arrays.copyOfRange(address, from, from + 4);
    }
}
