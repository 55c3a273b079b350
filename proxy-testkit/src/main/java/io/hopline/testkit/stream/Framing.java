package io.hopline.testkit.stream;

import io.hopline.api.HostPort;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.util.function.Function;

/** Lets bytes ask for a tunnel on a stream: a line with the target becomes its first message, and the reply's a line with its status. */
final class Framing extends ChannelDuplexHandler {

    private final Function<HostPort, Object> ask;
    private final Function<Object, String> status;
    private final StringBuilder line = new StringBuilder();
    private boolean asked;

    Framing(Function<HostPort, Object> ask, Function<Object, String> status) {
        this.ask = ask;
        this.status = status;
    }

    @Override
    public void write(ChannelHandlerContext ctx, Object msg, ChannelPromise promise) {
        if (!(msg instanceof ByteBuf bytes) || asked) {
            ctx.write(msg, promise);
            return;
        }
        while (bytes.isReadable() && !asked) {
            char next = (char) bytes.readUnsignedByte();
            asked = next == '\n';
            line.append(asked ? "" : next);
        }
        if (asked) {
            ctx.write(ask.apply(HostPort.parse(line.toString())));
        }
        ctx.write(bytes, promise);
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object msg) {
        if (msg instanceof ByteBuf) {
            ctx.fireChannelRead(msg);
        } else {
            ctx.fireChannelRead(ByteBufUtil.encodeString(
                    ctx.alloc(), CharBuffer.wrap(status.apply(msg) + "\n"), StandardCharsets.US_ASCII));
        }
    }
}
