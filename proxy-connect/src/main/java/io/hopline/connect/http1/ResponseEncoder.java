package io.hopline.connect.http1;

import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseEncoder;
import io.netty.handler.codec.http.HttpStatusClass;

/** Writes responses; knows which request is answered, since that decides whether a body follows (RFC 9112 section 6.3). */
final class ResponseEncoder extends HttpResponseEncoder {

    private HttpMethod answered = HttpMethod.GET;

    void answering(HttpMethod method) {
        answered = method;
    }

    @Override
    public boolean acceptOutboundMessage(Object msg) {
        return msg instanceof HttpObject;
    }

    @Override
    protected boolean isContentAlwaysEmpty(HttpResponse response) {
        HttpStatusClass kind = response.status().codeClass();
        boolean tunnel = HttpMethod.CONNECT.equals(answered) && kind == HttpStatusClass.SUCCESS;
        return tunnel
                || HttpMethod.HEAD.equals(answered)
                || kind == HttpStatusClass.INFORMATIONAL
                || super.isContentAlwaysEmpty(response);
    }
}
