package io.hopline.http2.message;

import io.hopline.http2.session.Head;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.util.AsciiString;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Writes the header sections of what answers a request. */
final class Responses {

    private static final AsciiString SEC_WEBSOCKET_ACCEPT = AsciiString.cached("sec-websocket-accept");

    private boolean connect;
    private boolean head;
    private @Nullable Upgrade upgrade;

    /** What the next responses answer. */
    void answering(HttpRequest request) {
        connect = HttpMethod.CONNECT.equals(request.method());
        head = HttpMethod.HEAD.equals(request.method());
        upgrade = Upgrade.askedBy(request);
    }

    /** What is wrong with the response to an upgrade, if one was asked for. */
    Optional<String> objection(HttpResponse response) {
        return upgrade == null ? Optional.empty() : upgrade.objection(response);
    }

    /** Whether nothing but its own body follows the response's head: it is neither an interim response nor opens a tunnel. */
    boolean isFinal(HttpResponse response) {
        HttpStatusClass kind = response.status().codeClass();
        return kind != HttpStatusClass.INFORMATIONAL && !(connect && kind == HttpStatusClass.SUCCESS);
    }

    /** The response's head; it ends the stream where no body can follow (RFC 9110 section 6.4.1), or none does. */
    Head head(HttpResponse response) {
        HttpResponseStatus status = response.status();
        Http2Headers headers = Fields.empty();
        if (!isFinal(response)) {
            boolean switches = status.equals(HttpResponseStatus.SWITCHING_PROTOCOLS);
            headers.status(switches ? HttpResponseStatus.OK.codeAsText() : status.codeAsText());
            Fields.addTo(headers, response.headers());
            headers.remove(HttpHeaderNames.CONTENT_LENGTH);
            headers.remove(SEC_WEBSOCKET_ACCEPT);
            return new Head(headers, false);
        }
        headers.status(status.codeAsText());
        Fields.addTo(headers, response.headers());
        boolean bodyless =
                head || status.equals(HttpResponseStatus.NO_CONTENT) || status.equals(HttpResponseStatus.NOT_MODIFIED);
        boolean empty = response instanceof FullHttpResponse full
                && !full.content().isReadable()
                && full.trailingHeaders().isEmpty();
        if (!bodyless
                && response instanceof FullHttpResponse full
                && !headers.contains(HttpHeaderNames.CONTENT_LENGTH)) {
            headers.setInt(HttpHeaderNames.CONTENT_LENGTH, full.content().readableBytes());
        }
        return new Head(headers, bodyless || empty);
    }
}
