package io.hopline.api;

import io.netty.util.NetUtil;
import java.net.InetSocketAddress;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/**
 * A host, as a name or an IP literal that nobody has resolved, and a port.
 *
 * @param host 1 to 255 printable ASCII characters, no label of a name but the last empty; an IPv6 literal stands without brackets
 * @param port 0 to 65535; 0 only where a listener lets the system choose
 */
public record HostPort(String host, int port) {

    /** @throws IllegalArgumentException if the host is empty, too long or holds what no host name can, or the port is out of range */
    public HostPort {
        if (!isHost(host)) {
            throw new IllegalArgumentException("not a host name or address");
        }
        if (port < 0 || port > 0xFFFF) {
            throw new IllegalArgumentException("port " + port + " is not in 0..65535");
        }
    }

    /**
     * Reads {@code host:port}, {@code 1.2.3.4:port} or {@code [::1]:port} (RFC 3986 section 3.2.2), and nothing else.
     *
     * @throws IllegalArgumentException if the text is anything else
     */
    public static HostPort parse(String text) {
        int colon = text.lastIndexOf(':');
        if (colon < 0 || text.endsWith("]")) {
            throw new IllegalArgumentException("no port");
        }
        return new HostPort(unbracket(text.substring(0, colon)), port(text.substring(colon + 1)));
    }

    /**
     * As {@link #parse(String)}, but a text without a port gets the default one.
     *
     * @throws IllegalArgumentException if the text is anything else
     */
    public static HostPort parse(String text, int defaultPort) {
        boolean hasPort = text.startsWith("[") ? !text.endsWith("]") : text.indexOf(':') >= 0;
        return hasPort ? parse(text) : new HostPort(unbracket(text), defaultPort);
    }

    /** The address of a resolved socket address, or its name where it is unresolved. */
    public static HostPort of(InetSocketAddress address) {
        return new HostPort(
                address.isUnresolved() ? address.getHostString() : NetUtil.toAddressString(address.getAddress()),
                address.getPort());
    }

    /**
     * This address, for what is to be dialed.
     *
     * @throws IllegalArgumentException if the port is 0
     */
    public HostPort reachable() {
        if (port == 0) {
            throw new IllegalArgumentException("port 0 can't be reached");
        }
        return this;
    }

    /** Whether the host is an IPv4 or IPv6 literal. */
    public boolean isLiteral() {
        return NetUtil.isValidIpV4Address(host) || NetUtil.isValidIpV6Address(host);
    }

    /** The host as it stands in an authority: an IPv6 literal in brackets. */
    public String bracketed() {
        return host.indexOf(':') >= 0 ? '[' + host + ']' : host;
    }

    /** By hand, as {@link #hashCode}: what a record has of its own is made at run time, and every start would wait for it. */
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof HostPort that && port == that.port && host.equals(that.host);
    }

    @Override
    public int hashCode() {
        return 31 * host.hashCode() + port;
    }

    @Override
    public String toString() {
        return bracketed() + ':' + port;
    }

    private static String unbracket(String host) {
        boolean bracketed = host.startsWith("[") && host.endsWith("]");
        String bare = bracketed ? host.substring(1, host.length() - 1) : host;
        if (bracketed != bare.indexOf(':') >= 0) {
            throw new IllegalArgumentException("an IPv6 address, and nothing else, stands in brackets");
        }
        return bare;
    }

    private static int port(String digits) {
        if (digits.isEmpty() || digits.length() > 5 || !consistsOf(digits, HostPort::isDigit)) {
            throw new IllegalArgumentException("the port is not a number in 0..65535");
        }
        return Integer.parseInt(digits);
    }

    private static boolean isHost(String host) {
        if (host.isEmpty() || host.length() > 255) {
            return false;
        }
        if (host.indexOf(':') >= 0) {
            // What Netty takes for an address may end in a zone of any characters at all.
            return NetUtil.isValidIpV6Address(host)
                    && consistsOf(host, c -> isNameCharacter(c) || c == ':' || c == '%');
        }
        // Programs differ in what they make of an empty label, so one behind us may find a name that no rule here is
        // about.
        return host.charAt(0) != '.' && !host.contains("..") && consistsOf(host, HostPort::isNameCharacter);
    }

    /** Without a stream: an address is made for every request. */
    private static boolean consistsOf(String text, IntPredicate allowed) {
        for (int i = 0; i < text.length(); i++) {
            if (!allowed.test(text.charAt(i))) {
                return false;
            }
        }
        return true;
    }

    private static boolean isNameCharacter(int c) {
        boolean letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
        return letter || isDigit(c) || c == '-' || c == '.' || c == '_';
    }

    private static boolean isDigit(int c) {
        return c >= '0' && c <= '9';
    }
}
