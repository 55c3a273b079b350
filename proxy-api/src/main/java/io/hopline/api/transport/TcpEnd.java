package io.hopline.api.transport;

import io.hopline.api.Abort;
import io.hopline.api.EndOfOutput;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOption;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.ChannelPromise;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.channel.socket.DuplexChannel;
import io.netty.channel.unix.Socket;
import java.io.IOException;
import java.net.SocketAddress;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ConnectionPendingException;
import java.nio.channels.NotYetConnectedException;
import org.jspecify.annotations.Nullable;

/**
 * The end at which a pipeline meets TCP. On the way out {@link EndOfOutput} becomes a FIN behind all that was written, {@link Abort} a
 * reset at once; what is flushed meanwhile, and a dial, may wait for the end of its {@link EpollLoop}'s turn. On the way in a peer's FIN is
 * told as {@link ChannelInputShutdownEvent}, whether a direction is left or not, and a failure in the words of {@link SocketFailure}.
 */
final class TcpEnd extends ChannelDuplexHandler {

    /** More is bulk, whose peer has enough to do: it goes at once, and keeps its channel writable. */
    private static final int PIECE = 16 << 10;

    /** There if it was flushed, and has not been sent yet. */
    private @Nullable ChannelHandlerContext unsent;

    /** There if it was asked for, and has not begun yet. */
    private @Nullable Runnable dial;

    /** Netty closes the channel at the peer's FIN, and not because anybody here asked for it. */
    private boolean closesAtInputEnd;

    @Override
    public void connect(
            ChannelHandlerContext ctx, SocketAddress remote, @Nullable SocketAddress local, ChannelPromise promise) {
        EpollLoop loop = EpollLoop.current();
        if (dial != null) {
            promise.tryFailure(new ConnectionPendingException());
        } else if (loop == null || !loop.gathers()) {
            ctx.connect(remote, local, promise);
        } else {
            dial = () -> dial(ctx, remote, local, promise);
            loop.sendLater(this);
        }
    }

    private static void dial(
            ChannelHandlerContext ctx, SocketAddress remote, @Nullable SocketAddress local, ChannelPromise promise) {
        if (promise.isDone()) {
            // Called off meanwhile, which ends a channel that is being connected.
            ctx.close();
        } else {
            ctx.connect(remote, local, promise);
        }
    }

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
                    end(ctx, promise.unvoid());
                } else {
                    promise.tryFailure(written.cause());
                }
            });
        } else if (msg == Abort.INSTANCE) {
            ctx.channel().config().setOption(ChannelOption.SO_LINGER, 0);
            close(ctx, promise.unvoid());
        } else {
            ctx.write(msg, promise);
        }
    }

    @Override
    public void flush(ChannelHandlerContext ctx) {
        EpollLoop loop = EpollLoop.current();
        if (loop == null || !loop.gathers()) {
            ctx.flush();
            return;
        }
        ChannelOutboundBuffer waiting = ctx.channel().unsafe().outboundBuffer();
        if (waiting == null || waiting.totalPendingWriteBytes() > PIECE) {
            ctx.flush();
        } else if (unsent == null) {
            unsent = ctx;
            loop.sendLater(this);
        }
    }

    /** Dials, which fails by itself if the channel is closed by now, and sends. */
    void send() {
        Runnable due = dial;
        if (due != null) {
            dial = null;
            due.run();
        }
        sendFlushed();
    }

    /** Sends what was flushed, and what that brings about. */
    private void sendFlushed() {
        while (unsent != null) {
            ChannelHandlerContext ctx = unsent;
            unsent = null;
            ctx.flush();
        }
    }

    @Override
    public void close(ChannelHandlerContext ctx, ChannelPromise promise) {
        sendFlushed();
        closesAtInputEnd = false;
        ctx.close(promise);
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        if (closesAtInputEnd) {
            ctx.fireUserEventTriggered(ChannelInputShutdownEvent.INSTANCE);
        }
        ctx.fireChannelInactive();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        ctx.fireExceptionCaught(SocketFailure.told(cause));
    }

    private void end(ChannelHandlerContext ctx, ChannelPromise promise) {
        DuplexChannel channel = (DuplexChannel) ctx.channel();
        if (channel.isInputShutdown()) {
            // The second direction to end: with nothing unread a close is a FIN.
            close(ctx, promise);
        } else if (channel instanceof EpollSocketChannel epoll) {
            // Netty's own makes an exception for each socket, with a stack trace, to tell writes that can't come any
            // more; and another one where it ends the input of a socket whose output has ended.
            try {
                ((Socket) epoll.fd()).shutdown(false, true);
                epoll.config().setAllowHalfClosure(false);
                closesAtInputEnd = true;
                promise.trySuccess();
            } catch (NotYetConnectedException e) {
                // What Netty makes of ENOTCONN: the peer has reset the connection.
                promise.tryFailure(new ClosedChannelException());
            } catch (IOException e) {
                promise.tryFailure(e);
            }
        } else {
            channel.shutdownOutput(promise);
        }
    }
}
