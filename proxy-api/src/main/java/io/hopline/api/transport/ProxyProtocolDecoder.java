package io.hopline.api.transport;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.ByteToMessageDecoder;
import io.netty.handler.codec.CorruptedFrameException;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads the header of the PROXY protocol (haproxy's proxy-protocol.txt, section 2), either version, as one {@link Told}, and leaves. What is
 * none is told as a {@link CorruptedFrameException} as soon as that is clear.
 */
final class ProxyProtocolDecoder extends ByteToMessageDecoder {

    private static final int SHOWN = 8;

    private boolean done;

    /** @param client whom the header tells of: nobody, where a load balancer's own health checks come */
    record Told(Optional<InetSocketAddress> client) {}

    ProxyProtocolDecoder() {
        setSingleDecode(true);
    }

    static CorruptedFrameException malformed(String how) {
        return new CorruptedFrameException("malformed, " + how + "; what sends it is at fault");
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object msg) throws Exception {
        super.channelRead(ctx, msg);
        if (done) {
            ctx.pipeline().remove(this);
        }
    }

    @Override
    protected void decode(ChannelHandlerContext ctx, ByteBuf in, List<Object> out) {
        Told told = read(in);
        if (told != null) {
            done = true;
            out.add(told);
        }
    }

    /** Null as long as the header is not all there. */
    private static @Nullable Told read(ByteBuf in) {
        if (begins(in, ProxyProtocolV1.BEGINNING)) {
            return ProxyProtocolV1.read(in);
        }
        if (begins(in, ProxyProtocolV2.SIGNATURE)) {
            return ProxyProtocolV2.read(in);
        }
        String bytes = ByteBufUtil.hexDump(in, in.readerIndex(), Math.min(SHOWN, in.readableBytes()));
        throw new CorruptedFrameException("none, but bytes that begin with 0x" + bytes
                + "; let the load balancer send it, or list in proxy-protocol.from who does");
    }

    /** As far as it has come. */
    private static boolean begins(ByteBuf in, byte[] constant) {
        for (int i = 0; i < Math.min(constant.length, in.readableBytes()); i++) {
            if (in.getByte(in.readerIndex() + i) != constant[i]) {
                return false;
            }
        }
        return true;
    }
}
