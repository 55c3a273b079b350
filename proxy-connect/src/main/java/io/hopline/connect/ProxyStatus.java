package io.hopline.connect;

import io.hopline.api.DialException;
import io.hopline.api.DialException.Reason;
import io.netty.handler.codec.http.HttpResponseStatus;

/** Says in the field Proxy-Status who made an error and of which kind it is (RFC 9209). */
public final class ProxyStatus {

    /** The field's name. */
    public static final String FIELD = "proxy-status";

    /** How we are called in it. */
    public static final String NAME = "hopline";

    /** RFC 9209 section 2.3.32. */
    public static final String LOOP_DETECTED = "proxy_loop_detected";

    /** RFC 9209 section 2.3.30. */
    static final String INTERNAL_ERROR = "proxy_internal_error";

    private static final int LONGEST = 300;

    private ProxyStatus() {}

    /** The field's value for an error of one of the types that RFC 9209 section 2.3 registers. */
    static String of(String error, String details) {
        return NAME + "; error=" + error + "; details=" + quoted(details);
    }

    /** The field's value for a failed dial, with the hop that it failed at. */
    static String of(DialException failure) {
        String nextHop = failure.at()
                .server()
                .map(server -> "; next-hop=" + quoted(server.toString()))
                .orElse("");
        return NAME + "; error=" + type(failure) + nextHop + "; details=" + quoted(failure.told());
    }

    /** The type of an error that lies in the request. */
    static String ofRequest(HttpResponseStatus status) {
        boolean denied = status.equals(HttpResponseStatus.FORBIDDEN)
                || status.equals(HttpResponseStatus.PROXY_AUTHENTICATION_REQUIRED);
        return denied ? "http_request_denied" : "http_request_error";
    }

    private static String type(DialException failure) {
        Reason reason = failure.reason();
        if (reason == Reason.DENIED) {
            return "http_request_denied";
        }
        if (reason == Reason.AUTH) {
            return "proxy_configuration_error";
        }
        if (reason == Reason.FAILED) {
            return INTERNAL_ERROR;
        }
        return switch (failure.step()) {
            case RESOLVE -> reason == Reason.TIMEOUT ? "dns_timeout" : "dns_error";
            case CONNECT -> connecting(reason);
            case TLS -> reason == Reason.TIMEOUT ? "connection_timeout" : "tls_protocol_error";
            case HANDSHAKE -> reason == Reason.TIMEOUT ? "connection_timeout" : "destination_unavailable";
            case RESPONSE -> responding(reason);
            case UPGRADE -> "http_upgrade_failed";
        };
    }

    private static String connecting(Reason reason) {
        return switch (reason) {
            case REFUSED -> "connection_refused";
            case TIMEOUT -> "connection_timeout";
            case UNREACHABLE -> "destination_unavailable";
            case UNROUTABLE -> "destination_ip_unroutable";
            case DENIED, AUTH, PROTOCOL, FAILED -> "connection_terminated";
        };
    }

    private static String responding(Reason reason) {
        return switch (reason) {
            case REFUSED -> "connection_terminated";
            case TIMEOUT -> "http_response_timeout";
            case UNREACHABLE, UNROUTABLE, DENIED, AUTH, PROTOCOL, FAILED -> "http_protocol_error";
        };
    }

    /** A string of structured fields (RFC 8941 section 3.3.3). */
    private static String quoted(String text) {
        String printable = text.replaceAll("[^ -~]", "?").replaceAll("[\"\\\\]", "\\\\$0");
        int end = Math.min(printable.length(), LONGEST);
        // No escape is cut in two.
        return '"' + printable.substring(0, printable.startsWith("\\", end - 1) ? end - 1 : end) + '"';
    }
}
