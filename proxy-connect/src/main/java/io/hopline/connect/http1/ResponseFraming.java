package io.hopline.connect.http1;

import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;

/** Decides how a response's body is delimited, and whether the connection lives on after it (RFC 9112 sections 6 and 9). */
final class ResponseFraming {

    private boolean http10;
    private boolean head;
    private boolean connect;
    private boolean persistent;
    private boolean requestComplete;
    private boolean last;

    /** A request was read that the next response answers. */
    void request(HttpRequest request) {
        connect = HttpMethod.CONNECT.equals(request.method());
        http10 = request.protocolVersion().equals(HttpVersion.HTTP_1_0);
        head = HttpMethod.HEAD.equals(request.method());
        // Behind a CONNECT that was refused may stand what the client meant for the tunnel (RFC 9931 section 8).
        persistent = HttpUtil.isKeepAlive(request) && !connect && !last;
        requestComplete = connect || request instanceof FullHttpRequest;
    }

    /** The request's body was read to its end. */
    void requestEnded() {
        requestComplete = true;
    }

    /** The request can't be read to its end. */
    void requestBroken() {
        persistent = false;
    }

    /** The response under way, or else the next one, is the last on the connection. */
    void last() {
        last = true;
        persistent = false;
    }

    boolean requestComplete() {
        return requestComplete;
    }

    boolean persistent() {
        return persistent;
    }

    /** Whether the client knows interim responses (RFC 9110 section 15.2). */
    boolean takesInterim() {
        return !http10;
    }

    /** Sets the fields that the connection needs. */
    void frame(HttpResponse response) {
        HttpHeaders headers = response.headers();
        HttpStatusClass kind = response.status().codeClass();
        if (response.status().equals(HttpResponseStatus.SWITCHING_PROTOCOLS)) {
            headers.set(HttpHeaderNames.CONNECTION, HttpHeaderValues.UPGRADE);
        } else if (kind != HttpStatusClass.INFORMATIONAL && !(connect && kind == HttpStatusClass.SUCCESS)) {
            frameFinal(response, headers);
        }
    }

    private void frameFinal(HttpResponse response, HttpHeaders headers) {
        if (headers.containsValue(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE, true) || !requestComplete) {
            persistent = false;
        }
        headers.remove(HttpHeaderNames.CONNECTION);
        if (headers.contains(HttpHeaderNames.UPGRADE)) {
            // RFC 9110 section 7.8
            headers.add(HttpHeaderNames.CONNECTION, HttpHeaderValues.UPGRADE);
        }
        if (mayHaveBody(response)) {
            delimit(response, headers);
        }
        if (!persistent) {
            headers.add(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
        } else if (http10) {
            headers.add(HttpHeaderNames.CONNECTION, HttpHeaderValues.KEEP_ALIVE);
        }
    }

    private void delimit(HttpResponse response, HttpHeaders headers) {
        boolean chunked = HttpUtil.isTransferEncodingChunked(response);
        if (!chunked && headers.contains(HttpHeaderNames.CONTENT_LENGTH)) {
            return;
        }
        if (!chunked && response instanceof FullHttpResponse full) {
            headers.set(HttpHeaderNames.CONTENT_LENGTH, full.content().readableBytes());
        } else if (http10) {
            headers.remove(HttpHeaderNames.TRANSFER_ENCODING);
            persistent = false;
        } else {
            headers.set(HttpHeaderNames.TRANSFER_ENCODING, HttpHeaderValues.CHUNKED);
        }
    }

    private boolean mayHaveBody(HttpResponse response) {
        HttpResponseStatus status = response.status();
        return !head
                && !status.equals(HttpResponseStatus.NO_CONTENT)
                && !status.equals(HttpResponseStatus.NOT_MODIFIED);
    }
}
