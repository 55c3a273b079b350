package io.hopline.http;

import io.hopline.api.HttpDate;
import io.hopline.connect.ProxyStatus;
import io.hopline.connect.Refusal;
import io.hopline.http.client.HopByHopFields;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMessage;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;

/** Makes of what a client or an origin sent what is passed on (RFC 9110 section 7.6). */
final class Rewriting {

    private final String via;
    private final String via10;
    private final String via11;
    private final boolean proxyStatus;

    /**
     * @param via our name in Via
     * @param proxyStatus whether responses tell of us in Proxy-Status
     */
    Rewriting(String via, boolean proxyStatus) {
        this.via = via;
        this.via10 = "1.0 " + via;
        this.via11 = "1.1 " + via;
        this.proxyStatus = proxyStatus;
    }

    /** Takes off what was meant for us, and writes target and Host anew, whatever the client said (RFC 9112 section 3.2.2). */
    void rewrite(HttpRequest request, RequestTarget target) throws RequestTarget.Unusable {
        if (request.headers().contains(HttpHeaderNames.VIA)
                && request.headers().getAll(HttpHeaderNames.VIA).stream().anyMatch(this::names)) {
            throw new RequestTarget.Unusable(new Refusal(
                    HttpResponseStatus.BAD_GATEWAY,
                    "The request has come back to this proxy: the chain is a loop.",
                    ProxyStatus.LOOP_DETECTED));
        }
        HopByHopFields.removeFromRequest(request);
        writeLengthAnew(request);
        request.headers().set(HttpHeaderNames.HOST, target.host());
        addVia(request);
        request.setUri(target.absolute());
    }

    /** Adds what says that the response, an interim one, came through here. */
    void rewriteInterim(HttpResponse response) {
        addVia(response);
        // RFC 9110 section 2.5
        response.setProtocolVersion(HttpVersion.HTTP_1_1);
    }

    /** Adds what says that the response came through here, and when if nobody said before (RFC 9110 section 6.6.1). */
    void rewrite(HttpResponse response) {
        writeLengthAnew(response);
        rewriteInterim(response);
        if (!response.headers().contains(HttpHeaderNames.DATE)) {
            response.headers().set(HttpHeaderNames.DATE, HttpDate.now());
        }
        if (proxyStatus) {
            response.headers()
                    .add(
                            ProxyStatus.FIELD,
                            ProxyStatus.NAME + "; received-status="
                                    + response.status().code());
        }
    }

    /** Without leading zeros, which RFC 9110 section 8.6 allows, others may read in base eight, and may be too many for them. */
    private static void writeLengthAnew(HttpMessage message) {
        String length = message.headers().get(HttpHeaderNames.CONTENT_LENGTH);
        int zeros = 0;
        while (length != null && zeros < length.length() - 1 && length.charAt(zeros) == '0') {
            zeros++;
        }
        if (length != null && zeros > 0) {
            message.headers().set(HttpHeaderNames.CONTENT_LENGTH, length.substring(zeros));
        }
    }

    /** RFC 9110 section 7.6.3. */
    private void addVia(HttpMessage message) {
        message.headers()
                .add(HttpHeaderNames.VIA, message.protocolVersion().equals(HttpVersion.HTTP_1_0) ? via10 : via11);
    }

    /** Whether one of the proxies in the field, each a protocol, a name and perhaps a comment, is us. */
    private boolean names(String passed) {
        int at = indexOf(passed, 0);
        while (at >= 0) {
            int end = at + via.length();
            boolean alone = at > 0
                    && isSpace(passed.charAt(at - 1))
                    && (end == passed.length() || passed.charAt(end) == ',' || isSpace(passed.charAt(end)));
            if (alone) {
                return true;
            }
            at = indexOf(passed, at + 1);
        }
        return false;
    }

    private int indexOf(String passed, int from) {
        for (int i = from; i <= passed.length() - via.length(); i++) {
            if (passed.regionMatches(true, i, via, 0, via.length())) {
                return i;
            }
        }
        return -1;
    }

    private static boolean isSpace(char c) {
        return c == ' ' || c == '\t';
    }
}
