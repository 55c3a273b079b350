package io.hopline.http.client;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.util.AsciiString;
import java.util.Optional;

/** How a request is addressed to whoever reads it (RFC 9112 section 3.2). */
sealed interface RequestForm {

    /** The request's target as it stands in the request line. */
    String target(HttpRequest absolute);

    /** Whether there is anything that this reader alone is to know. */
    boolean addsFields();

    /** Adds what this reader alone is to know. */
    void addTo(HttpHeaders headers);

    /** For the origin itself: origin-form, or asterisk-form for OPTIONS of the whole server. */
    record Origin() implements RequestForm {
        @Override
        public String target(HttpRequest absolute) {
            String uri = absolute.uri();
            int path = uri.indexOf('/', "http://".length());
            if (path >= 0) {
                return uri.substring(path);
            }
            return absolute.method().equals(HttpMethod.OPTIONS) ? "*" : "/";
        }

        @Override
        public boolean addsFields() {
            return false;
        }

        @Override
        public void addTo(HttpHeaders headers) {
            // An origin is told what the client said, and nothing of ours.
        }
    }

    /** For a proxy: absolute-form, and our credentials for it. */
    record Proxy(Optional<AsciiString> authorization) implements RequestForm {
        @Override
        public String target(HttpRequest absolute) {
            return absolute.uri();
        }

        @Override
        public boolean addsFields() {
            return authorization.isPresent();
        }

        @Override
        public void addTo(HttpHeaders headers) {
            authorization.ifPresent(value -> headers.set(HttpHeaderNames.PROXY_AUTHORIZATION, value));
        }

        @Override
        public String toString() {
            return "Proxy";
        }
    }
}
