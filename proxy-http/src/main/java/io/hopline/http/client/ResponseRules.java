package io.hopline.http.client;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What a response must be, beyond what the decoder checks, to be passed on. */
final class ResponseRules {

    private static final Pattern QUOTED = Pattern.compile("[':\\[].*", Pattern.DOTALL);

    private ResponseRules() {}

    /** Why the response can't be passed on; null if it can. */
    static @Nullable String objection(HttpResponse response, boolean upgrading) {
        if (response.decoderResult().isFailure()) {
            String cause = String.valueOf(response.decoderResult().cause().getMessage());
            return "it can't be understood: " + QUOTED.matcher(cause).replaceFirst("");
        }
        HttpVersion version = response.protocolVersion();
        if (!version.equals(HttpVersion.HTTP_1_1) && !version.equals(HttpVersion.HTTP_1_0)) {
            return "it is in a version that is not HTTP/1.0 or HTTP/1.1";
        }
        if (response.status().equals(HttpResponseStatus.PROXY_AUTHENTICATION_REQUIRED)) {
            return "it asks for credentials (407) that were not given or not taken";
        }
        if (response.status().equals(HttpResponseStatus.SWITCHING_PROTOCOLS) && !upgrading) {
            return "it switches protocols, which nobody asked for";
        }
        if (!response.headers().contains(HttpHeaderNames.TRANSFER_ENCODING)) {
            return null;
        }
        List<String> codings = response.headers().getAll(HttpHeaderNames.TRANSFER_ENCODING);
        boolean understood = codings.size() == 1 && HttpHeaderValues.CHUNKED.contentEqualsIgnoreCase(codings.get(0));
        return understood ? null : "its transfer coding is not chunked alone";
    }

    /** Whether the connection can take another request when this response has ended (RFC 9112 section 9.3). */
    static boolean leavesOpen(HttpResponse response) {
        boolean delimited = response instanceof LastHttpContent
                || HttpUtil.isTransferEncodingChunked(response)
                || HttpUtil.isContentLengthSet(response);
        return delimited && HttpUtil.isKeepAlive(response);
    }
}
