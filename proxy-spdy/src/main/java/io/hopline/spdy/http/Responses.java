package io.hopline.spdy.http;

import io.hopline.spdy.session.StreamHead;
import io.netty.handler.codec.http.DefaultHttpResponse;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.spdy.SpdyHeaders;
import io.netty.handler.codec.spdy.SpdyHeaders.HttpNames;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The head of a response as a header block and as a message (SPDY/3 section 3.2.2). */
public final class Responses {

    /** As in HTTP/1.1, where it may go on to (RFC 9112 section 4). */
    private static final Pattern STATUS = Pattern.compile("([1-5][0-9]{2})(?: ([\\t -~\\x80-\\xFF]*))?");

    /** Nobody asks for that on a stream. */
    private static final String SWITCHING_PROTOCOLS = "101";

    private Responses() {}

    /**
     * Reads the head of a response.
     *
     * @throws MalformedException if the block is none
     */
    public static HttpResponse read(StreamHead head) throws MalformedException {
        HttpResponse response = new DefaultHttpResponse(HttpVersion.HTTP_1_1, status(head));
        Fields.read(head.headers(), response.headers());
        return response;
    }

    private static HttpResponseStatus status(StreamHead head) throws MalformedException {
        Matcher status = STATUS.matcher(Fields.only(head, HttpNames.STATUS));
        if (!status.matches() || status.group(1).equals(SWITCHING_PROTOCOLS)) {
            throw new MalformedException(":status is none of HTTP, or changes to another protocol");
        }
        int code = Integer.parseInt(status.group(1));
        String reason = status.group(2);
        return reason == null || reason.isEmpty()
                ? HttpResponseStatus.valueOf(code)
                : new HttpResponseStatus(code, reason);
    }

    static SpdyHeaders write(HttpResponse response) {
        return Fields.write(response)
                .set(HttpNames.STATUS, response.status().toString())
                .set(HttpNames.VERSION, HttpVersion.HTTP_1_1.text());
    }

    /** Whether nothing follows the head, whatever its fields say (RFC 9110 section 6.4.1). */
    static boolean hasNoBody(HttpMethod asked, HttpResponseStatus status) {
        return HttpMethod.HEAD.equals(asked) || status.code() == 204 || status.code() == 304;
    }
}
