package io.hopline.launcher.lifecycle;

import io.hopline.api.HostPort;
import io.hopline.api.transport.SocketFailure;
import java.nio.channels.UnresolvedAddressException;
import java.util.Locale;

/** Says why an address could not be bound, and what to do about it. */
final class BindAdvice {

    private BindAdvice() {}

    static String of(String inbound, HostPort address, Throwable cause) {
        return "inbound \"" + inbound + "\" can't listen on " + address + ": " + why(address, cause);
    }

    private static String why(HostPort address, Throwable cause) {
        String lower = String.valueOf(cause.getMessage()).toLowerCase(Locale.ROOT);
        if (cause instanceof UnresolvedAddressException || lower.contains("unresolved")) {
            return "no address is known for " + address.host() + "; correct it or use an IP address";
        }
        if (lower.contains("in use")) {
            return "another program listens there; stop it or choose another port";
        }
        if (lower.contains("denied") || lower.contains("not permitted")) {
            return "permission denied; ports below 1024 need root or the capability CAP_NET_BIND_SERVICE";
        }
        if (lower.contains("assign")) {
            return "no network interface has this address; choose one of this machine's, or 0.0.0.0 for all";
        }
        return SocketFailure.text(cause);
    }
}
