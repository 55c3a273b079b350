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

    /** The same for a client that nothing was sent to for some time. */
    public static final Duration BRIEFLY = Duration.ofMillis(50);

    /** How long it may go on sending all the same, and, unless that is told, how long it may take nothing of what it is sent. */
    private static final Duration LIMIT = Duration.ofSeconds(20);

    private final Channel client;
    private final Duration patience;
    private final Duration stall;
    private Future<?> timer;
    private long pending;
    private long looks;
    private boolean endSent;
    private boolean inputEnded;
    private boolean heard;

    private Farewell(Channel client, Duration patience, Duration stall, boolean inputEnded) {
        this.client = client;
        this.patience = patience;
        this.stall = stall;
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
        Farewell farewell = new Farewell(client, PATIENCE, LIMIT, ended);
        client.pipeline().addLast(farewell);
        farewell.end();
    }

    /**
     * Ends the output behind what was written and closes; on the channel's loop. Nothing that comes reaches the given handler and
     * those behind it any more.
     *
     * @param patience how long the client may be silent once it was sent everything
     * @param ended whether the client's side has ended already
     */
    public static void inFrontOf(ChannelHandlerContext handler, Duration patience, boolean ended) {
        inFrontOf(handler, patience, LIMIT, ended);
    }

    /**
     * As {@link #inFrontOf(ChannelHandlerContext, Duration, boolean)}, behind something that is worth waiting for.
     *
     * @param stall how long the client may take nothing of what it is sent
     */
    public static void inFrontOf(ChannelHandlerContext handler, Duration patience, Duration stall, boolean ended) {
        Farewell farewell = new Farewell(handler.channel(), patience, stall, ended);
        handler.pipeline().addBefore(handler.name(), null, farewell);
        farewell.end();
    }

    private void end() {
        client.writeAndFlush(EndOfOutput.INSTANCE).addListener(sent -> {
            endSent = true;
            looks = 0;
            timer.cancel(false);
            if (inputEnded || !sent.isSuccess()) {
                client.close();
            } else {
                timer = later();
            }
        });
        client.config().setAutoRead(!inputEnded);
    }

    /** Looks whether the client still takes what it is sent, or still sends. */
    @Override
    public void run() {
        looks++;
        boolean enough = patience.multipliedBy(looks).compareTo(endSent ? LIMIT : stall) > 0;
        if (endSent) {
            if (enough || !heard) {
                client.close();
                return;
            }
        } else if (pending(client) != pending) {
            pending = pending(client);
            looks = 0;
        } else if (enough) {
            client.writeAndFlush(Abort.INSTANCE);
            return;
        }
        heard = false;
        timer = later();
    }

    private Future<?> later() {
        return client.eventLoop().schedule(this, patience.toMillis(), TimeUnit.MILLISECONDS);
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
            if (endSent) {
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
