package io.hopline.spdy.http;

import io.hopline.spdy.session.StreamHead;
import io.netty.handler.codec.http.DefaultHttpResponse;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.spdy.SpdyHeaders;
import io.netty.handler.codec.spdy.SpdyHeaders.HttpNames;

/** The head of a response as a header block and as a message (SPDY/3 section 3.2.2). */
public final class Responses {

    private Responses() {}

    /**
     * Reads the head of a response.
     *
     * @throws MalformedException if the block is none
     */
    static HttpResponse read(StreamHead head) throws MalformedException {
        HttpResponse response = new DefaultHttpResponse(HttpVersion.HTTP_1_1, status(head));
        Fields.read(head.headers(), response.headers());
        return response;
    }

    /**
     * The status of a response's head.
     *
     * @throws MalformedException if the block has none
     */
    public static HttpResponseStatus status(StreamHead head) throws MalformedException {
        String status = Fields.only(head, HttpNames.STATUS);
        try {
            int code = Integer.parseInt(status.substring(0, Math.min(3, status.length())));
            String reason = status.length() > 4 ? status.substring(4) : "";
            if (code >= 100 && (status.length() == 3 || status.charAt(3) == ' ')) {
                return reason.isEmpty() ? HttpResponseStatus.valueOf(code) : new HttpResponseStatus(code, reason);
            }
        } catch (IllegalArgumentException e) {
            // As below.
        }
        throw new MalformedException(":status is none of HTTP");
    }

    static SpdyHeaders write(HttpResponse response) {
        return Fields.write(response.headers())
                .set(HttpNames.STATUS, response.status().toString())
                .set(HttpNames.VERSION, HttpVersion.HTTP_1_1.text());
    }

    /** Whether nothing follows the head, whatever its fields say (RFC 9110 section 6.4.1). */
    static boolean hasNoBody(HttpMethod asked, HttpResponseStatus status) {
        return HttpMethod.HEAD.equals(asked) || status.code() == 204 || status.code() == 304;
    }
}
