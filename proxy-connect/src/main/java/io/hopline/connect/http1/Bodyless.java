package io.hopline.connect.http1;

import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.EmptyHttpHeaders;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpRequest;

/** A request that is its head, in one piece. */
final class Bodyless {

    private Bodyless() {}

    static FullHttpRequest of(HttpRequest head) {
        FullHttpRequest whole = new DefaultFullHttpRequest(
                head.protocolVersion(),
                head.method(),
                head.uri(),
                Unpooled.EMPTY_BUFFER,
                head.headers(),
                EmptyHttpHeaders.INSTANCE);
        whole.setDecoderResult(head.decoderResult());
        return whole;
    }
}
