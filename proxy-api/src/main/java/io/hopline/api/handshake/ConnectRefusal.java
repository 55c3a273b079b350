package io.hopline.api.handshake;

import io.hopline.api.DialException.Reason;
import io.netty.handler.codec.http.HttpHeaderNames;
import java.util.Locale;
import java.util.function.Function;

/** What an HTTP proxy's refusal of a CONNECT tells whoever asked (RFC 9110 section 9.3.6), in whatever framing it came. */
public final class ConnectRefusal {

    /** The status that is about ourselves and not about what is behind the proxy (RFC 9110 section 15.5.8). */
    public static final int AUTHENTICATION_REQUIRED = 407;

    /** How many bytes of a refusal's body are of use. */
    public static final int LONGEST_EXCERPT = 300;

    private ConnectRefusal() {}

    /** What {@link #AUTHENTICATION_REQUIRED} means for who had credentials, or had none. */
    public static String authentication(boolean hadCredentials) {
        return hadCredentials
                ? "the proxy did not take the user name and password"
                : "the proxy wants a user name and a password";
    }

    /** The kind of failure that a status of 300 to 599 tells of. */
    public static Reason reason(int status) {
        return switch (status) {
            case 403 -> Reason.DENIED;
            case 408, 504 -> Reason.TIMEOUT;
            case 502, 503 -> Reason.UNREACHABLE;
            default -> Reason.REFUSED;
        };
    }

    /** Whether a body with these header fields is plain text: proxies tell there what they met. */
    public static boolean isReadable(Function<CharSequence, String> fields) {
        return fields.apply(HttpHeaderNames.CONTENT_TYPE)
                        .toLowerCase(Locale.ROOT)
                        .startsWith("text/plain")
                && fields.apply(HttpHeaderNames.CONTENT_ENCODING).isEmpty()
                && fields.apply(HttpHeaderNames.TRANSFER_ENCODING).isEmpty();
    }

    /**
     * The refusal in one line, printable.
     *
     * @param status the code and, where there is one, the phrase
     * @param body as much of a {@linkplain #isReadable readable} body as came along, else nothing; its first line is told
     */
    public static String told(String status, String body) {
        String line = printable(body.lines().findFirst().orElse(""));
        return printable(status) + (line.isEmpty() ? "" : ": " + line);
    }

    private static String printable(String text) {
        return text.replaceAll("[^ -~]", "?").strip();
    }
}
