package io.hopline.connect.http1;

import io.hopline.api.HostPort;
import io.hopline.connect.Refusal;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import java.util.Iterator;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What a request must be, beyond what the decoder checks, to be read in one way only. */
final class RequestRules {

    private static final Pattern UNSAFE = Pattern.compile("[':\\[].*", Pattern.DOTALL);

    /** What was found to be one: a client's requests mostly go to one host. */
    private String host = "";

    /** Why the request can't be served; null if it can. */
    @Nullable Refusal objection(HttpRequest request) {
        if (request.decoderResult().isFailure()) {
            return undecodable(request.decoderResult().cause());
        }
        HttpVersion version = request.protocolVersion();
        if (!version.equals(HttpVersion.HTTP_1_1) && !version.equals(HttpVersion.HTTP_1_0)) {
            return new Refusal(
                    HttpResponseStatus.HTTP_VERSION_NOT_SUPPORTED, "Only HTTP/1.0 and HTTP/1.1 are spoken here.");
        }
        HttpHeaders headers = request.headers();
        Refusal misaddressed = addressing(headers.valueStringIterator(HttpHeaderNames.HOST), version);
        if (misaddressed != null) {
            return misaddressed;
        }
        List<String> codings = headers.contains(HttpHeaderNames.TRANSFER_ENCODING)
                ? headers.getAll(HttpHeaderNames.TRANSFER_ENCODING)
                : List.of();
        if (HttpMethod.CONNECT.equals(request.method())
                && (!codings.isEmpty()
                        || !headers.get(HttpHeaderNames.CONTENT_LENGTH, "0").equals("0"))) {
            // RFC 9110 section 9.3.6
            return bad("A CONNECT request has no body.");
        }
        if (!codings.isEmpty()
                && (codings.size() > 1 || !HttpHeaderValues.CHUNKED.contentEqualsIgnoreCase(codings.get(0)))) {
            // RFC 9112 section 6.1
            return new Refusal(
                    HttpResponseStatus.NOT_IMPLEMENTED, "The only transfer coding understood here is chunked.");
        }
        return null;
    }

    /** RFC 9112 section 3.2. */
    private @Nullable Refusal addressing(Iterator<String> hosts, HttpVersion version) {
        if (!hosts.hasNext()) {
            return version.equals(HttpVersion.HTTP_1_1) ? bad("The Host field is missing.") : null;
        }
        String named = hosts.next();
        if (hosts.hasNext()) {
            return bad("There is more than one Host field.");
        }
        if (!named.equals(host) && !isHost(named)) {
            return bad("The Host field is not host or host:port.");
        }
        host = named;
        return null;
    }

    /** A host and perhaps a port, or nothing (RFC 9110 section 7.2). */
    private static boolean isHost(String value) {
        if (value.isEmpty()) {
            return true;
        }
        try {
            HostPort.parse(value.endsWith(":") ? value.substring(0, value.length() - 1) : value, 0);
            return true;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private static Refusal undecodable(Throwable cause) {
        if (cause instanceof TooLongHttpLineException) {
            return new Refusal(HttpResponseStatus.REQUEST_URI_TOO_LONG, "The request line is too long.");
        }
        if (cause instanceof TooLongHttpHeaderException) {
            return new Refusal(
                    HttpResponseStatus.REQUEST_HEADER_FIELDS_TOO_LARGE, "The header fields are too large together.");
        }
        return bad("The request can't be understood: " + harmless(cause) + ".");
    }

    /** What the decoder says without what the client sent, which may hold a secret; it stands in quotes or behind a colon. */
    private static String harmless(Throwable cause) {
        return UNSAFE.matcher(String.valueOf(cause.getMessage())).replaceFirst("");
    }

    private static Refusal bad(String text) {
        return new Refusal(HttpResponseStatus.BAD_REQUEST, text);
    }
}
