package io.hopline.http.client;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.handler.codec.http.HttpConstants;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpRequestEncoder;

/** Writes requests, and lets pass what is none. */
final class RequestEncoder extends HttpRequestEncoder {

    private static final int CR_LF = (HttpConstants.CR << 8) | HttpConstants.LF;

    @Override
    public boolean acceptOutboundMessage(Object msg) {
        return msg instanceof HttpObject;
    }

    /**
     * Writes the target as it is. Netty gives one without a path a slash, which OPTIONS of a whole server must not have (RFC 9112
     * section 3.2.4), and writes UTF-8 what was read as ISO 8859-1.
     */
    @Override
    protected void encodeInitialLine(ByteBuf buf, HttpRequest request) {
        ByteBufUtil.copy(request.method().asciiName(), buf);
        buf.writeByte(HttpConstants.SP);
        // ISO 8859-1 in fact, but without an array of its own.
        ByteBufUtil.writeAscii(buf, request.uri());
        buf.writeByte(HttpConstants.SP);
        ByteBufUtil.writeAscii(buf, request.protocolVersion().text());
        ByteBufUtil.writeShortBE(buf, CR_LF);
    }
}
