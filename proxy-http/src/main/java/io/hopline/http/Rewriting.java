package io.hopline.http;

import io.hopline.http.client.HopByHopFields;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMessage;
import io.netty.handler.codec.http.HttpRequest;

/** Makes of what a client or an origin sent what is passed on (RFC 9110 section 7.6). */
final class Rewriting {

    private Rewriting() {}

    /** Takes off what was meant for us, and writes target and Host anew, whatever the client said (RFC 9112 section 3.2.2). */
    static void rewrite(HttpRequest request, RequestTarget target, String via) {
        HopByHopFields.removeFromRequest(request);
        request.headers().set(HttpHeaderNames.HOST, target.host());
        addVia(request, via);
        request.setUri(target.absolute());
    }

    /** RFC 9110 section 7.6.3. */
    static void addVia(HttpMessage message, String via) {
        message.headers()
                .add(
                        HttpHeaderNames.VIA,
                        message.protocolVersion().majorVersion() + "."
                                + message.protocolVersion().minorVersion() + " " + via);
    }
}
