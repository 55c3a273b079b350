package io.hopline.http.client;

import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.DefaultHttpRequest;
import io.netty.handler.codec.http.EmptyHttpHeaders;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpVersion;

/** Gives a request what its connection needs, and leaves the one it was handed as it was, in case that goes out again. */
final class RequestFraming {

    private final RequestForm form;
    private boolean upgrading;

    RequestFraming(RequestForm form) {
        this.form = form;
    }

    /** Whether the last request asked for another protocol. */
    boolean upgrading() {
        return upgrading;
    }

    HttpRequest frame(HttpRequest request) {
        HttpHeaders said = request.headers();
        upgrading = said.contains(HttpHeaderNames.UPGRADE);
        boolean trailers = said.contains(HttpHeaderNames.TE);
        HttpHeaders headers = upgrading || trailers || form.addsFields() ? said.copy() : said;
        // Both fields count only if Connection names them (RFC 9110 sections 7.8 and 10.1.4).
        if (upgrading) {
            headers.add(HttpHeaderNames.CONNECTION, HttpHeaderNames.UPGRADE);
        }
        if (trailers) {
            headers.add(HttpHeaderNames.CONNECTION, HttpHeaderNames.TE);
        }
        form.addTo(headers);
        String target = form.target(request);
        return request instanceof FullHttpRequest full
                ? new DefaultFullHttpRequest(
                        HttpVersion.HTTP_1_1,
                        request.method(),
                        target,
                        full.content().isReadable() ? full.content() : Unpooled.EMPTY_BUFFER,
                        headers,
                        EmptyHttpHeaders.INSTANCE)
                : new DefaultHttpRequest(HttpVersion.HTTP_1_1, request.method(), target, headers);
    }
}
