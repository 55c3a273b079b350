package io.hopline.http;

import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.LastHttpContent;
import java.util.Set;

/** Requests that an origin may get twice, so that one may go out again when a connection turns out to be dead. */
final class Repeatable {

    /** RFC 9110 section 9.2.2. */
    private static final Set<HttpMethod> IDEMPOTENT = Set.of(
            HttpMethod.GET, HttpMethod.HEAD, HttpMethod.OPTIONS, HttpMethod.TRACE, HttpMethod.PUT, HttpMethod.DELETE);

    private Repeatable() {}

    /** Whether it does no harm to send the request again, and all of it is at hand. */
    static boolean is(HttpRequest request) {
        return request instanceof LastHttpContent && IDEMPOTENT.contains(request.method());
    }
}
