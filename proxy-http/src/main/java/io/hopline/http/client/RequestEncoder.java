package io.hopline.http.client;

import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpRequestEncoder;

/** Writes requests, and lets pass what is none. */
final class RequestEncoder extends HttpRequestEncoder {

    @Override
    public boolean acceptOutboundMessage(Object msg) {
        return msg instanceof HttpObject;
    }
}
