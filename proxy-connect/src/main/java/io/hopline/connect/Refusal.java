package io.hopline.connect;

import io.hopline.api.DialException;
import io.hopline.api.HttpDate;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;

/**
 * Why a request is not done, as its client is told: a status and one readable sentence or two.
 *
 * @param text without secrets; shown as plain text
 * @param fields header fields that go with the status
 */
public record Refusal(HttpResponseStatus status, String text, HttpHeaders fields) {

    private static final int LONGEST = 1_000;

    /** For what lies in the request. */
    public Refusal(HttpResponseStatus status, String text) {
        this(status, text, ProxyStatus.ofRequest(status));
    }

    /** @param error one of the types of RFC 9209 section 2.3 */
    public Refusal(HttpResponseStatus status, String text, String error) {
        this(status, text, new DefaultHttpHeaders().set(ProxyStatus.FIELD, ProxyStatus.of(error, text)));
    }

    /**
     * What a failed dial is to an HTTP client: 504 for a timeout, 403 for what a rule forbids, 502 for the rest (RFC 9110 section 15);
     * 407 is for our own authentication only.
     */
    public static Refusal of(DialException failure) {
        HttpResponseStatus status = switch (failure.reason()) {
            case TIMEOUT -> HttpResponseStatus.GATEWAY_TIMEOUT;
            case DENIED -> HttpResponseStatus.FORBIDDEN;
            case REFUSED, UNREACHABLE, UNROUTABLE, AUTH, PROTOCOL, FAILED -> HttpResponseStatus.BAD_GATEWAY;
        };
        return new Refusal(
                status,
                "The target can't be reached. " + failure.told(),
                new DefaultHttpHeaders().set(ProxyStatus.FIELD, ProxyStatus.of(failure)));
    }

    /** The same with one more header field. */
    public Refusal with(CharSequence name, CharSequence value) {
        return new Refusal(status, text, new DefaultHttpHeaders().add(fields).add(name, value));
    }

    /** The response; it asks for the connection's end if that is wanted. */
    public FullHttpResponse response(boolean close) {
        ByteBuf body = ByteBufUtil.encodeString(
                UnpooledByteBufAllocator.DEFAULT, CharBuffer.wrap(printable()), StandardCharsets.UTF_8);
        FullHttpResponse response = new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, status, body);
        response.headers()
                .set(fields)
                .set(HttpHeaderNames.DATE, HttpDate.now())
                .set(HttpHeaderNames.CONTENT_TYPE, "text/plain; charset=utf-8")
                .set("x-content-type-options", "nosniff")
                .set(HttpHeaderNames.CONTENT_LENGTH, body.readableBytes());
        if (close) {
            response.headers().set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
        }
        return response;
    }

    /** The refusal in a few words, for a log. */
    public String outcome() {
        return status.code() + " " + text;
    }

    private String printable() {
        StringBuilder printable = new StringBuilder();
        text.codePoints()
                .limit(LONGEST)
                .map(c -> Character.isISOControl(c) ? '?' : c)
                .forEach(printable::appendCodePoint);
        return printable.append('\n').toString();
    }
}
