package io.hopline.api.handshake;

import io.hopline.api.Abort;
import io.hopline.api.EndOfOutput;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.Future;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * Says a last word to a client and closes so that it arrives: a close with bytes still unread is a reset, which can overtake
 * what was written, so what the client goes on sending is read and dropped until it ends too, falls silent, or has had time enough.
 */
public final class Farewell extends ChannelInboundHandlerAdapter implements Runnable {

    /** How long the client may be silent once it was sent everything. */
    public static final Duration PATIENCE = Duration.ofSeconds(2);

    /** How long it may go on sending all the same, and how long it may take nothing of what it is sent. */
    private static final Duration LIMIT = Duration.ofSeconds(20);

    private final Channel client;
    private Future<?> timer;
    private long progress = System.nanoTime();
    private long pending;
    private long endSent;
    private boolean inputEnded;
    private boolean heard;

    private Farewell(Channel client, boolean inputEnded) {
        this.client = client;
        this.inputEnded = inputEnded;
        this.pending = pending(client);
        this.timer = later();
    }

    /**
     * Writes the message, ends the output and closes; on the channel's loop, with no handler left that wants its input.
     *
     * @param ended whether the client's side has ended already
     */
    public static void say(Channel client, ByteBuf lastWords, boolean ended) {
        client.write(lastWords, client.voidPromise());
        Farewell farewell = new Farewell(client, ended);
        client.pipeline().addLast(farewell);
        farewell.end();
    }

    /**
     * Ends the output behind what was written and closes; on the channel's loop. Nothing that comes reaches the given handler and
     * those behind it any more.
     *
     * @param ended whether the client's side has ended already
     */
    public static void inFrontOf(ChannelHandlerContext handler, boolean ended) {
        Farewell farewell = new Farewell(handler.channel(), ended);
        handler.pipeline().addBefore(handler.name(), null, farewell);
        farewell.end();
    }

    private void end() {
        client.writeAndFlush(EndOfOutput.INSTANCE).addListener(sent -> {
            endSent = System.nanoTime();
            if (inputEnded || !sent.isSuccess()) {
                client.close();
            }
        });
        client.config().setAutoRead(!inputEnded);
    }

    /** Looks whether the client still takes what it is sent, or still sends. */
    @Override
    public void run() {
        long now = System.nanoTime();
        if (endSent == 0) {
            if (pending(client) != pending) {
                pending = pending(client);
                progress = now;
            }
            if (now - progress > LIMIT.toNanos()) {
                client.writeAndFlush(Abort.INSTANCE);
                return;
            }
        } else if (now - endSent > LIMIT.toNanos() || (!heard && now - endSent >= PATIENCE.toNanos())) {
            client.close();
            return;
        }
        heard = false;
        timer = later();
    }

    private Future<?> later() {
        return client.eventLoop().schedule(this, PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** How many bytes wait to be sent, plus a constant. */
    private static long pending(Channel client) {
        return client.bytesBeforeWritable() - client.bytesBeforeUnwritable();
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object msg) {
        heard = true;
        ReferenceCountUtil.release(msg);
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext ctx) {
        // Nobody behind this one reads.
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        if (event == ChannelInputShutdownEvent.INSTANCE) {
            inputEnded = true;
            if (endSent != 0) {
                ctx.close();
            }
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
