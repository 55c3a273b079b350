package io.hopline.http;

import io.hopline.api.HttpDate;
import io.hopline.connect.Refusal;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What OPTIONS and TRACE get from us rather than from an origin (RFC 9110 sections 7.6.2, 9.3.7 and 9.3.8). */
final class OwnAnswer {

    private static final Pattern NUMBER = Pattern.compile("\\d+");
    private static final int LONGEST_NUMBER = 9;

    /** What must not come back to whoever can read responses, but can't read what the client sends (RFC 9110 section 9.3.8). */
    private static final Set<String> SECRET = Set.of("authorization", "proxy-authorization", "cookie");

    private OwnAnswer() {}

    /**
     * Answers what is meant for us; counts {@code Max-Forwards} down in what is not.
     *
     * @return null for a request that is to be forwarded
     */
    static @Nullable FullHttpResponse to(HttpRequest request) throws RequestTarget.Unusable {
        boolean trace = request.method().equals(HttpMethod.TRACE);
        if (!trace && !request.method().equals(HttpMethod.OPTIONS)) {
            return null;
        }
        if (trace && !(request instanceof LastHttpContent)) {
            throw bad("A TRACE request has no body.");
        }
        if (trace && request.uri().equals("*")) {
            // RFC 9112 section 3.2.4
            throw bad("The asterisk is a target of OPTIONS alone.");
        }
        boolean last = isLast(request.headers());
        if (!last && !request.uri().equals("*")) {
            return null;
        }
        FullHttpResponse own = trace ? traced(request) : options();
        own.headers().set(HttpHeaderNames.DATE, HttpDate.now());
        return own;
    }

    private static boolean isLast(HttpHeaders headers) throws RequestTarget.Unusable {
        List<String> values = headers.getAll(HttpHeaderNames.MAX_FORWARDS);
        if (values.isEmpty()) {
            return false;
        }
        String value = values.get(0).strip();
        if (values.size() > 1 || !NUMBER.matcher(value).matches()) {
            throw bad("Max-Forwards is not one number.");
        }
        String digits = value.length() > LONGEST_NUMBER ? "9".repeat(LONGEST_NUMBER) : value;
        int left = Integer.parseInt(digits);
        if (left > 0) {
            headers.set(HttpHeaderNames.MAX_FORWARDS, String.valueOf(left - 1));
        }
        return left == 0;
    }

    private static FullHttpResponse options() {
        FullHttpResponse response =
                new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.OK, Unpooled.EMPTY_BUFFER);
        response.headers()
                .set(HttpHeaderNames.ALLOW, "GET, HEAD, POST, PUT, DELETE, PATCH, OPTIONS, TRACE, CONNECT")
                .set(HttpHeaderNames.CONTENT_LENGTH, 0);
        return response;
    }

    private static FullHttpResponse traced(HttpRequest request) {
        StringBuilder text = new StringBuilder();
        text.append(request.method()).append(' ').append(request.uri()).append(' ');
        text.append(request.protocolVersion()).append("\r\n");
        for (Map.Entry<String, String> field : request.headers()) {
            if (!SECRET.contains(field.getKey().toLowerCase(Locale.ROOT))) {
                text.append(field.getKey())
                        .append(": ")
                        .append(field.getValue())
                        .append("\r\n");
            }
        }
        ByteBuf body = UnpooledByteBufAllocator.DEFAULT.buffer(text.length() + 2);
        body.writeCharSequence(text.append("\r\n"), StandardCharsets.ISO_8859_1);
        FullHttpResponse response = new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.OK, body);
        response.headers()
                .set(HttpHeaderNames.CONTENT_TYPE, "message/http")
                .set(HttpHeaderNames.CONTENT_LENGTH, body.readableBytes());
        return response;
    }

    private static RequestTarget.Unusable bad(String text) {
        return new RequestTarget.Unusable(new Refusal(HttpResponseStatus.BAD_REQUEST, text));
    }
}
