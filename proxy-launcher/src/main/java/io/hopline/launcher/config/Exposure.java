package io.hopline.launcher.config;

import io.hopline.api.HostPort;
import io.netty.util.NetUtil;
import java.net.InetAddress;
import java.net.UnknownHostException;

/** Who can reach an address: what is not certain to be this machine alone counts as everybody. */
final class Exposure {

    static final String REFUSAL =
            "serves everybody who reaches it, which is more than this machine: ask for users { name = password }"
                    + " or for client certificates (tls { client-auth = required }), listen on 127.0.0.1, or say open = true if that is meant";

    private Exposure() {}

    static boolean isLoopback(HostPort address) {
        if (!address.isLiteral()) {
            return address.host().equalsIgnoreCase("localhost");
        }
        InetAddress literal = literal(address.host());
        return literal.isLoopbackAddress();
    }

    static boolean isWildcard(HostPort address) {
        return address.isLiteral() && literal(address.host()).isAnyLocalAddress();
    }

    /** Whether both can't be bound at once. */
    static boolean collide(HostPort one, HostPort other) {
        return one.port() != 0
                && one.port() == other.port()
                && (isWildcard(one) || isWildcard(other) || one.host().equalsIgnoreCase(other.host()));
    }

    /** Whether a connection from this machine to the address certainly comes to the listener. */
    static boolean reaches(HostPort address, HostPort listener) {
        if (listener.port() == 0 || address.port() != listener.port()) {
            return false;
        }
        boolean named = !address.isLiteral() || !listener.isLiteral();
        return address.host().equalsIgnoreCase(listener.host())
                || (isLoopback(address) && (isWildcard(listener) || (named && isLoopback(listener))));
    }

    private static InetAddress literal(String host) {
        byte[] bytes = NetUtil.createByteArrayFromIpAddressString(host);
        try {
            return InetAddress.getByAddress(bytes);
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException(e);
        }
    }
}
