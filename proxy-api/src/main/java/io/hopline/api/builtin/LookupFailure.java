package io.hopline.api.builtin;

import io.hopline.api.DialException.Reason;
import io.netty.handler.codec.dns.DnsResponseCode;
import io.netty.resolver.dns.DnsErrorCauseException;
import io.netty.resolver.dns.DnsNameResolverTimeoutException;
import java.net.UnknownHostException;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Why a name has no address, in an operator's words.
 *
 * @param weight how much it says about the name: of two lookups the failure of more weight is told
 */
record LookupFailure(int weight, Reason reason, String detail) {

    /** The failure that says most; there must be one. */
    static LookupFailure ofMostWeight(String name, List<Throwable> causes) {
        return causes.stream()
                .map(cause -> of(name, cause))
                .max(Comparator.comparingInt(LookupFailure::weight))
                .orElseThrow();
    }

    private static LookupFailure of(String name, Throwable cause) {
        DnsErrorCauseException answer = find(cause, DnsErrorCauseException.class);
        if (answer != null) {
            DnsResponseCode code = answer.getCode();
            return code.equals(DnsResponseCode.NXDOMAIN)
                    ? new LookupFailure(5, Reason.UNREACHABLE, "unknown name " + name + " (NXDOMAIN)")
                    : new LookupFailure(
                            3, Reason.UNREACHABLE, "the name server can't tell " + name + " (" + text(code) + ")");
        }
        if (find(cause, DnsNameResolverTimeoutException.class) != null) {
            return new LookupFailure(4, Reason.TIMEOUT, "no answer from the name servers for " + name);
        }
        if (cause instanceof NoNameServersException) {
            return new LookupFailure(2, Reason.UNREACHABLE, name + ": " + cause.getMessage());
        }
        if (cause instanceof UnknownHostException) {
            return new LookupFailure(0, Reason.UNREACHABLE, name + " has no address");
        }
        return new LookupFailure(1, Reason.UNREACHABLE, name + ": " + cause.getMessage());
    }

    private static String text(DnsResponseCode code) {
        String text = code.toString();
        return text.substring(0, text.indexOf('(')).toUpperCase(Locale.ROOT);
    }

    private static <T extends Throwable> @Nullable T find(Throwable thrown, Class<T> type) {
        for (Throwable t = thrown; t != null; t = t.getCause()) {
            if (type.isInstance(t)) {
                return type.cast(t);
            }
        }
        return null;
    }
}
