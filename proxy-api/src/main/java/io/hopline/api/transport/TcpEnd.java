package io.hopline.api.transport;

import io.hopline.api.Abort;
import io.hopline.api.EndOfOutput;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOption;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.netty.channel.socket.DuplexChannel;
import io.netty.channel.socket.SocketChannel;

/** Ends TCP: {@link EndOfOutput} becomes a FIN behind all that was written, {@link Abort} a reset at once. */
@Sharable
final class TcpEnd extends ChannelOutboundHandlerAdapter {

    static final TcpEnd INSTANCE = new TcpEnd();

    @Override
    public void read(ChannelHandlerContext ctx) {
        // Netty's epoll has dropped a descriptor whose input has ended, and fails the channel if it is to be read
        // again.
        if (!((DuplexChannel) ctx.channel()).isInputShutdown()) {
            ctx.read();
        }
    }

    @Override
    public void write(ChannelHandlerContext ctx, Object msg, ChannelPromise promise) {
        if (msg == EndOfOutput.INSTANCE) {
            // shutdownOutput goes around the outbound buffer: only what an empty write waits for is known to be sent.
            ctx.write(Unpooled.EMPTY_BUFFER).addListener(written -> {
                if (written.isSuccess()) {
                    ((SocketChannel) ctx.channel()).shutdownOutput(promise.unvoid());
                } else {
                    promise.tryFailure(written.cause());
                }
            });
        } else if (msg == Abort.INSTANCE) {
            ctx.channel().config().setOption(ChannelOption.SO_LINGER, 0);
            ctx.close(promise.unvoid());
        } else {
            ctx.write(msg, promise);
        }
    }
}
