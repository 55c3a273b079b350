package io.hopline.api.transport;

import io.hopline.api.Inbound;
import io.hopline.api.Session;
import io.hopline.api.Unforeseen;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import java.time.Duration;

/** Serves clients with and without TLS on one port: only a TLS handshake starts with byte 22 (RFC 8446 section 5.1). */
record PlainOrTls(Inbound tls, Inbound plain, Duration timeout) implements Inbound {

    private static final int HANDSHAKE_RECORD = 22;

    @Override
    public void accept(Channel client, Session session) {
        client.pipeline().addLast(new FirstMessage(session, timeout, "first byte") {
            @Override
            void came(ChannelHandlerContext ctx, Object message) {
                ByteBuf bytes = (ByteBuf) message;
                boolean isTls = bytes.getUnsignedByte(bytes.readerIndex()) == HANDSHAKE_RECORD;
                Leftovers.hold(ctx, bytes);
                ctx.pipeline().remove(this);
                Unforeseen.accept(isTls ? tls : plain, client, session);
            }
        });
    }
}
