package io.hopline.http2.message;

import io.hopline.http2.session.Head;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.DefaultHttpResponse;
import io.netty.handler.codec.http.EmptyHttpHeaders;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;

/** Reads the header sections of what answers a request. */
public final class ResponseHeads {

    private static final int LOWEST = 100;
    private static final int HIGHEST = 599;

    private ResponseHeads() {}

    /** The status; 101 is none here (RFC 9113 section 8.6). */
    private static HttpResponseStatus status(Head head) throws MalformedException {
        CharSequence text = head.headers().status();
        int code = 0;
        if (text != null && text.length() == 3 && text.chars().allMatch(c -> c >= '0' && c <= '9')) {
            code = Integer.parseInt(text, 0, text.length(), 10);
        }
        if (code < LOWEST || code > HIGHEST || code == HttpResponseStatus.SWITCHING_PROTOCOLS.code()) {
            throw new MalformedException(":status is no status code");
        }
        return HttpResponseStatus.valueOf(code);
    }

    /**
     * The response; a {@code FullHttpResponse} if it is an interim one, or if nothing follows.
     *
     * @throws MalformedException if the head makes none
     */
    public static HttpResponse read(Head head) throws MalformedException {
        HttpResponseStatus status = status(head);
        HttpHeaders fields = Fields.toHttp1(head.headers());
        boolean interim = status.code() < HttpResponseStatus.OK.code();
        if (interim && head.last()) {
            throw new MalformedException("an interim response ends the stream");
        }
        return interim || head.last()
                ? new DefaultFullHttpResponse(
                        HttpVersion.HTTP_1_1, status, Unpooled.EMPTY_BUFFER, fields, EmptyHttpHeaders.INSTANCE)
                : new DefaultHttpResponse(HttpVersion.HTTP_1_1, status, fields);
    }

    /** Whether a body must follow, by its Content-Length and by what was asked (RFC 9110 section 8.6). */
    static boolean tellsOfBody(HttpResponse response, HttpMethod asked) {
        String length = response.headers().get(HttpHeaderNames.CONTENT_LENGTH);
        return length != null
                && !isZero(length)
                && !HttpMethod.HEAD.equals(asked)
                && !response.status().equals(HttpResponseStatus.NO_CONTENT)
                && !response.status().equals(HttpResponseStatus.NOT_MODIFIED);
    }

    private static boolean isZero(String number) {
        for (int i = 0; i < number.length(); i++) {
            if (number.charAt(i) != '0') {
                return false;
            }
        }
        return true;
    }
}
