package io.hopline.api.transport;

import io.hopline.api.DialException;
import io.hopline.api.DialException.Reason;
import io.hopline.api.HopRef;
import io.hopline.api.Step;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.ssl.NotSslRecordException;
import io.netty.handler.ssl.SslHandshakeTimeoutException;
import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;

/** Says in an operator's words why TLS with somebody failed. */
final class TlsFailure {

    /** The alerts (RFC 8446 section 6.2) of a server that wants another certificate of ours, or one at all. */
    private static final Set<String> ABOUT_OUR_CERTIFICATE = Set.of(
            "bad_certificate",
            "unsupported_certificate",
            "certificate_revoked",
            "certificate_expired",
            "certificate_unknown",
            "certificate_required",
            "unknown_ca",
            "access_denied");

    private static final Set<String> OTHER_ALERTS = Set.of(
            "handshake_failure",
            "protocol_version",
            "no_application_protocol",
            "unrecognized_name",
            "insufficient_security",
            "internal_error",
            "decrypt_error",
            "illegal_parameter",
            "decode_error",
            "unexpected_message");

    /** What Netty and the JDK say where no key suits a client; with TLS 1.2 the JDK blames its cipher suites, and may mean them. */
    private static final Set<String> NO_KEY_FOR_IT =
            Set.of("Unable to find key material", "No available authentication scheme");

    private TlsFailure() {}

    /** A failure of a hop's TLS; anything that TLS has nothing to do with stays as it is. */
    static Throwable afterHandshake(Throwable cause, HopRef at) {
        Throwable root = root(cause);
        return root instanceof SSLException ? of(root, at) : root;
    }

    /** A failure of TLS with a client. */
    static Throwable afterHandshake(Throwable cause) {
        Throwable root = root(cause);
        return root instanceof SSLException ? new IOException(ofClient(root), root) : root;
    }

    static DialException of(Throwable cause, HopRef at) {
        Throwable root = root(cause);
        String alert = root instanceof NotSslRecordException ? "" : alert(root);
        Reason reason = Reason.PROTOCOL;
        if (root instanceof SslHandshakeTimeoutException) {
            reason = Reason.TIMEOUT;
        } else if (ABOUT_OUR_CERTIFICATE.contains(alert)) {
            reason = Reason.AUTH;
        }
        return new DialException(reason, at, Step.TLS, text(root, alert));
    }

    /** For a client of ours. */
    static String ofClient(Throwable cause) {
        Throwable root = root(cause);
        if (root instanceof NotSslRecordException) {
            return "the client speaks no TLS";
        }
        if (root instanceof ClosedChannelException) {
            return "the client closed the connection during the TLS handshake";
        }
        if (String.valueOf(root.getMessage()).contains("PEER_DID_NOT_RETURN_A_CERTIFICATE")) {
            return "TLS: the client shows no certificate, and one is required";
        }
        if (NO_KEY_FOR_IT.stream().anyMatch(String.valueOf(root.getMessage())::contains)) {
            return "TLS: the client takes no certificate with a key of this kind; add one of another kind, EC or RSA,"
                    + " to tls.certificates";
        }
        String alert = alert(root);
        return alert.isEmpty() ? "TLS: " + root.getMessage() : "TLS: the client refused: " + alert;
    }

    private static String text(Throwable root, String alert) {
        if (root instanceof ServerTrust.Refusal) {
            return String.valueOf(root.getMessage());
        }
        if (root instanceof NotSslRecordException) {
            return "the server speaks no TLS on this port";
        }
        if (root instanceof SslHandshakeTimeoutException) {
            return "no TLS handshake in time: " + root.getMessage();
        }
        if (root instanceof ClosedChannelException) {
            return "the server closed the connection during the handshake; does it speak TLS on this port?";
        }
        if (ABOUT_OUR_CERTIFICATE.contains(alert)) {
            return "the server wants a client certificate, or another one (" + alert
                    + "); set tls.certificate and tls.key";
        }
        return switch (alert) {
            case "" -> String.valueOf(root.getMessage());
            case "protocol_version" -> "the server speaks no version of TLS that is allowed here; see tls.min-version";
            case "no_application_protocol" -> "the server speaks none of the protocols in tls.alpn";
            case "unrecognized_name" -> "the server does not know that name; see tls.server-name";
            default -> "the server refused the handshake: " + alert;
        };
    }

    private static Throwable root(Throwable cause) {
        for (Throwable next = cause; next != null; next = next.getCause()) {
            if (next instanceof ServerTrust.Refusal) {
                return next;
            }
        }
        return cause instanceof DecoderException && cause.getCause() != null ? cause.getCause() : cause;
    }

    /** The JDK says {@code Received fatal alert: unknown_ca}, BoringSSL {@code …:TLSV1_ALERT_UNKNOWN_CA}. */
    private static String alert(Throwable root) {
        String message = String.valueOf(root.getMessage()).toLowerCase(Locale.ROOT);
        if (!message.contains("alert")) {
            return "";
        }
        return Stream.concat(ABOUT_OUR_CERTIFICATE.stream(), OTHER_ALERTS.stream())
                .filter(message::contains)
                .findFirst()
                .orElse("");
    }
}
