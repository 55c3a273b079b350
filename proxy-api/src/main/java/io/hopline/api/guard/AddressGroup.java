package io.hopline.api.guard;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Addresses that are not out on the Internet, by what they are for (IANA's special-purpose registries, RFC 6890); one that several
 * would hold is of the first.
 */
enum AddressGroup {
    /** Where clouds tell a machine its secrets; in no other group, so that only its own name opens it. */
    METADATA("169.254.169.254", "100.100.100.200", "192.0.0.192", "168.63.129.16", "fd00:ec2::254", "fd20:ce::254"),
    LOOPBACK("127.0.0.0/8", "::1"),
    LINK_LOCAL("169.254.0.0/16", "fe80::/10"),
    PRIVATE("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "fc00::/7", "fec0::/10"),
    /** Behind a carrier's NAT (RFC 6598). */
    SHARED("100.64.0.0/10"),
    MULTICAST("224.0.0.0/4", "255.255.255.255", "ff00::/8"),
    /** To connect to these means this machine to most systems. */
    UNSPECIFIED("0.0.0.0/8", "::"),
    /**
     * Nobody's, or for documentation, benchmarks and protocols: what answers there is somebody's own network. Of IPv6 only 2000::/3 is
     * given out, and the prefix of a translator of one's own (RFC 8215) doesn't tell where in an address that of IPv4 is.
     */
    RESERVED(
            "192.0.0.0/24",
            "192.0.2.0/24",
            "192.88.99.0/24",
            "198.18.0.0/15",
            "198.51.100.0/24",
            "203.0.113.0/24",
            "240.0.0.0/4",
            "64:ff9b:1::/48",
            "100::/8",
            "200::/7",
            "400::/6",
            "800::/5",
            "1000::/4",
            "2001:1::/32",
            "2001:2::/48",
            "2001:10::/28",
            "2001:db8::/32",
            "3fff::/20",
            "4000::/2",
            "8000::/1");

    private static final AddressGroup[] ALL = values();

    @SuppressWarnings("ImmutableEnumChecker") // Nobody is handed the array.
    private final Network[] networks;

    AddressGroup(String... networks) {
        this.networks = Stream.of(networks).map(Network::parse).toArray(Network[]::new);
    }

    /** The one that the address belongs to, of which there is one at most. */
    static Optional<AddressGroup> of(byte[] address) {
        for (AddressGroup group : ALL) {
            for (Network network : group.networks) {
                if (network.contains(address)) {
                    return Optional.of(group);
                }
            }
        }
        return Optional.empty();
    }

    /** The group's name in a rule. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
