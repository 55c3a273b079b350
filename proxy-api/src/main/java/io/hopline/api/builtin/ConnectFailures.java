package io.hopline.api.builtin;

import io.hopline.api.DialException.Reason;
import io.hopline.api.HostPort;
import io.hopline.api.transport.SocketFailure;
import java.net.InetSocketAddress;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.StringJoiner;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Why the addresses of one target could not be connected to, in an operator's words. */
final class ConnectFailures {
    private final Map<String, StringJoiner> addresses = new LinkedHashMap<>();
    private final Set<Reason> reasons = EnumSet.noneOf(Reason.class);

    void add(InetSocketAddress to, Throwable cause) {
        Known known = Known.of(cause);
        reasons.add(known.reason);
        String text = known == Known.OTHER ? SocketFailure.text(cause) + ": " : known.text;
        addresses
                .computeIfAbsent(text, t -> new StringJoiner(", ", t, ""))
                .add(HostPort.of(to).toString());
    }

    boolean isEmpty() {
        return addresses.isEmpty();
    }

    /** One reason for all: that somebody is there and says no tells the most, then that nobody answers; that one family has no network, least. */
    Reason reason() {
        return Stream.of(Reason.REFUSED, Reason.TIMEOUT, Reason.UNREACHABLE, Reason.FAILED)
                .filter(reasons::contains)
                .findFirst()
                .orElse(Reason.UNROUTABLE);
    }

    /** Reads like {@code connection refused by 127.0.0.1:81; no route to [2001:db8::1]:81}. */
    @Override
    public String toString() {
        return addresses.values().stream().map(StringJoiner::toString).collect(Collectors.joining("; "));
    }

    /** What the system says; only the text is the same on each transport, the exceptions' classes are not. */
    private enum Known {
        REFUSED(Reason.REFUSED, "connection refused by ", "connection refused"),
        TIMED_OUT(Reason.TIMEOUT, "no answer from ", "timed out"),
        NO_ROUTE(Reason.UNREACHABLE, "no route to ", "no route to host"),
        NO_NETWORK(Reason.UNROUTABLE, "network unreachable: ", "network is unreachable"),
        NO_SUCH_SOURCE(Reason.UNROUTABLE, "no address of ours to reach ", "assign requested address"),
        NOT_PERMITTED(Reason.UNREACHABLE, "this system does not permit connecting to ", "permi"),
        NO_DESCRIPTORS(Reason.FAILED, "out of file descriptors for ", "too many open files"),
        CLOSED(Reason.UNREACHABLE, "closed before there was a connection to ", "closedchannel"),
        OTHER(Reason.UNREACHABLE, "", "");

        private final Reason reason;
        private final String text;
        private final String sign;

        Known(Reason reason, String text, String sign) {
            this.reason = reason;
            this.text = text;
            this.sign = sign;
        }

        static Known of(Throwable cause) {
            StringBuilder said = new StringBuilder();
            for (Throwable t = cause; t != null; t = t.getCause()) {
                said.append(t).append('\n');
            }
            String lower = said.toString().toLowerCase(Locale.ROOT);
            for (Known known : values()) {
                if (lower.contains(known.sign)) {
                    return known;
                }
            }
            return OTHER;
        }
    }
}
