package io.hopline.api.guard;

import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One line of what clients may reach.
 *
 * @param allow or deny
 * @param text the rule as it was written
 */
record TargetRule(boolean allow, String text, Where where, Ports ports) {

    private static final String EXPECTED = "expected allow or deny, then *, a domain, an address, a network or one of "
            + String.join(
                    ", ",
                    Arrays.stream(AddressGroup.values()).map(Object::toString).toList())
            + ", then :ports if they matter";

    /** Which hosts a rule is about. */
    sealed interface Where {
        /** Every host. */
        record All() implements Where {}

        /**
         * A domain.
         *
         * @param itself whether it is meant along with what is beneath it
         */
        record Domain(String name, boolean itself) implements Where {
            boolean contains(String host) {
                int more = host.length() - name.length();
                return more == 0
                        ? itself && host.equals(name)
                        : more > 0 && host.charAt(more - 1) == '.' && host.endsWith(name);
            }
        }

        /** Addresses. */
        non-sealed interface Block extends Where {
            boolean contains(byte[] address);
        }
    }

    /**
     * Reads rules such as {@code deny *:25}, {@code allow 10.1.0.0/16:22,443}, {@code deny [2001:db8::/32]:80}, {@code allow private} or
     * {@code deny example.org}.
     *
     * @throws IllegalArgumentException if the text is anything else
     */
    static TargetRule parse(String text) {
        String[] words = text.strip().split("\\s+");
        boolean allow = words[0].equals("allow");
        if (words.length != 2 || !(allow || words[0].equals("deny"))) {
            throw new IllegalArgumentException(EXPECTED);
        }
        String host = words[1];
        Ports ports = Ports.ALL;
        int colon = host.lastIndexOf(':');
        boolean bareV6 = colon != host.indexOf(':') && !host.startsWith("[");
        if (colon > host.indexOf(']') && !bareV6) {
            ports = Ports.parse(host.substring(colon + 1));
            host = host.substring(0, colon);
        }
        if (host.startsWith("[") && host.endsWith("]")) {
            host = host.substring(1, host.length() - 1);
        }
        return new TargetRule(allow, words[0] + " " + words[1], where(host), ports);
    }

    private static Where where(String host) {
        if (host.equals("*")) {
            return new Where.All();
        }
        Optional<AddressGroup> group = Arrays.stream(AddressGroup.values())
                .filter(g -> g.toString().equals(host))
                .findFirst();
        if (group.isPresent()) {
            return (Where.Block) address -> AddressGroup.of(address).equals(group);
        }
        if (host.indexOf('[') >= 0 || host.indexOf(']') >= 0) {
            throw new IllegalArgumentException(EXPECTED);
        }
        if (host.indexOf('/') >= 0 || host.indexOf(':') >= 0 || host.matches("[0-9.]+")) {
            return (Where.Block) Network.parse(host)::contains;
        }
        boolean beneath = host.startsWith("*.");
        String name = Addresses.name(beneath ? host.substring(2) : host);
        if (!name.matches("[a-z0-9_-]+(\\.[a-z0-9_-]+)*")) {
            throw new IllegalArgumentException(EXPECTED);
        }
        return new Where.Domain(name, !beneath);
    }

    /** Whether it is about addresses and not about names: only then does it open addresses that are closed by default. */
    boolean isAboutAddresses() {
        return where instanceof Where.Block;
    }

    /**
     * Whether it is about this host, as far as can be told without the address.
     *
     * @param name empty where the host has none
     */
    boolean matches(String name, byte @Nullable [] address, int port) {
        if (!ports.contain(port)) {
            return false;
        }
        if (where instanceof Where.Block block) {
            return address != null && block.contains(address);
        }
        return !(where instanceof Where.Domain domain) || domain.contains(name);
    }
}
