package io.hopline.api.relay;

import io.hopline.api.transport.Splice;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.channel.socket.ChannelOutputShutdownEvent;
import io.netty.channel.socket.ChannelOutputShutdownException;
import io.netty.channel.socket.SocketChannel;
import java.nio.channels.ClosedChannelException;
import org.jspecify.annotations.Nullable;

/** One end of a tunnel: writes on read, flushes on read-complete, and lets its own writability pace the other end's reads. */
final class RelayHandler extends ChannelInboundHandlerAdapter {

    /** So much in one turn of the loop, and it is bulk. */
    private static final int BULK = 32 << 10;

    private final Tunnel tunnel;
    private final String name;
    private final Channel peer;
    private long bytes;
    private long bytesBefore;
    private @Nullable Splice splice;
    private boolean spliceless;
    private boolean inputEnded;
    private @Nullable Throwable deaf;

    RelayHandler(Tunnel tunnel, String name, Channel peer) {
        this.tunnel = tunnel;
        this.name = name;
        this.peer = peer;
    }

    /** Bytes read at this end so far. */
    long bytes() {
        return bytes;
    }

    /** Whether this end has said its last. */
    boolean inputEnded() {
        return inputEnded;
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object msg) {
        bytes += ((ByteBuf) msg).readableBytes();
        peer.write(msg, peer.voidPromise());
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext ctx) {
        peer.flush();
        if (!peer.isWritable() && deaf != null) {
            tunnel.broken(this, deaf);
        } else if (!peer.isWritable()) {
            ctx.channel().config().setAutoRead(false);
        } else if (bytes - bytesBefore >= BULK) {
            splice(ctx);
        }
        bytesBefore = bytes;
    }

    private void splice(ChannelHandlerContext ctx) {
        if (splice == null && !spliceless) {
            splice = Splice.between(ctx.channel(), this, peer, tunnel.facing(this), this::spliced);
            spliceless = splice == null;
        }
        if (splice != null) {
            splice.start();
        }
    }

    private void spliced(int moved) {
        bytes += moved;
        bytesBefore += moved;
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext ctx) {
        if (splice != null) {
            splice.close();
        }
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext ctx) {
        // A read asked of an end that is over would be told as an error.
        if (!tunnel.facing(this).inputEnded()) {
            peer.config().setAutoRead(ctx.channel().isWritable());
        }
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        if (event == ChannelInputShutdownEvent.INSTANCE && deaf != null) {
            tunnel.broken(this, deaf);
        } else if (event == ChannelInputShutdownEvent.INSTANCE && !inputEnded) {
            inputEnded = true;
            tunnel.ended(peer);
        } else if (event == ChannelOutputShutdownEvent.INSTANCE
                && !tunnel.facing(this).inputEnded()) {
            deaf(ctx.channel(), new ClosedChannelException());
        } else {
            ctx.fireUserEventTriggered(event);
        }
    }

    /**
     * This end takes no more. What it has said before that, most likely why, is passed on before the tunnel breaks, as far as the other end
     * takes it: the reset behind it would overtake the rest.
     */
    void deaf(Channel end, Throwable cause) {
        boolean shut = cause instanceof ChannelOutputShutdownException
                || (end instanceof SocketChannel socket && socket.isOutputShutdown());
        if (!shut || !end.isActive() || inputEnded || !peer.isWritable()) {
            tunnel.broken(this, cause);
            return;
        }
        if (deaf == null || cause instanceof ChannelOutputShutdownException) {
            deaf = cause;
        }
        end.config().setAutoRead(true);
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        // Netty closes a socket whose directions have both ended, while the other end may still have data to take.
        if (!inputEnded || !tunnel.facing(this).inputEnded()) {
            tunnel.broken(this + " closed the connection");
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        if (cause instanceof ChannelOutputShutdownException || cause instanceof ClosedChannelException) {
            deaf(ctx.channel(), cause);
        } else {
            tunnel.broken(this, deaf instanceof ChannelOutputShutdownException ? deaf : cause);
        }
    }

    @Override
    public String toString() {
        return name;
    }
}
