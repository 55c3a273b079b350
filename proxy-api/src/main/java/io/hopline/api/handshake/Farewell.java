package io.hopline.api.handshake;

import io.hopline.api.EndOfOutput;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.Future;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * Says a last word to a client and closes so that it arrives: a close with bytes still unread is a reset, which can overtake
 * what was written, so what the client goes on sending is read and dropped until it ends too, or a short time is over.
 */
public final class Farewell extends ChannelInboundHandlerAdapter {

    /** How long the client may take to end its side. */
    public static final Duration PATIENCE = Duration.ofSeconds(2);

    private final Future<?> timer;

    private Farewell(Channel client) {
        timer = client.eventLoop().schedule(() -> client.close(), PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    }

    /**
     * Writes the message, ends the output and closes; on the channel's loop, with no handler left that wants its input.
     *
     * @param ended whether the client's side has ended already
     */
    public static void say(Channel client, ByteBuf lastWords, boolean ended) {
        client.write(lastWords, client.voidPromise());
        end(client, ended);
        if (!ended && client.isActive()) {
            client.pipeline().addLast(new Farewell(client));
            client.config().setAutoRead(true);
        }
    }

    /**
     * Ends the output behind what was written and closes; on the channel's loop. Nothing that comes reaches the given handler and
     * those behind it any more.
     *
     * @param ended whether the client's side has ended already
     */
    public static void inFrontOf(ChannelHandlerContext handler, boolean ended) {
        Channel client = handler.channel();
        if (!ended && client.isActive()) {
            client.pipeline().addBefore(handler.name(), null, new Farewell(client));
        }
        end(client, ended);
        client.config().setAutoRead(!ended);
    }

    private static void end(Channel client, boolean ended) {
        client.writeAndFlush(EndOfOutput.INSTANCE)
                .addListener(ended ? ChannelFutureListener.CLOSE : ChannelFutureListener.CLOSE_ON_FAILURE);
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object msg) {
        ReferenceCountUtil.release(msg);
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext ctx) {
        // Nobody behind this one reads.
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        if (event == ChannelInputShutdownEvent.INSTANCE) {
            ctx.close();
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        ctx.close();
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext ctx) {
        timer.cancel(false);
    }
}
