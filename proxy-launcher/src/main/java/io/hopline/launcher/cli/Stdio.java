package io.hopline.launcher.cli;

import io.hopline.api.EndOfOutput;
import io.hopline.api.transport.SocketFailure;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.ClosedChannelException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Joins a channel to an input and an output stream, with half-close both ways.
 *
 * <p>Streams block, so each has a thread of its own; the channel is read only when its last bytes have been written out.
 */
final class Stdio extends ChannelInboundHandlerAdapter {

    private static final int CHUNK = 64 * 1024;
    private static final String OUTPUT = "standard output";

    private final OutputStream out;
    private final ExecutorService writer = Executors.newSingleThreadExecutor(new DefaultThreadFactory("stdout", true));
    private final CompletableFuture<Void> outputEnded = new CompletableFuture<>();
    private final CompletableFuture<Void> inputEnded = new CompletableFuture<>();

    /** Nothing more may be asked of the channel: once both directions have ended, Netty closes it by itself. */
    private volatile boolean peerEnded;

    private Stdio(OutputStream out) {
        this.out = out;
    }

    /**
     * Starts both directions.
     *
     * @return completes when both have ended, or fails with what broke one of them, in a user's words
     */
    static CompletableFuture<Void> join(Channel channel, InputStream in, OutputStream out) {
        Stdio stdio = new Stdio(out);
        channel.pipeline().addLast(stdio);
        channel.read();
        new DefaultThreadFactory("stdin", true)
                .newThread(() -> stdio.pump(in, channel))
                .start();
        return CompletableFuture.allOf(stdio.inputEnded, stdio.outputEnded)
                .whenComplete((ended, broken) -> stdio.writer.shutdown());
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        if (!ctx.channel().isActive()) {
            channelInactive(ctx);
        }
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object msg) {
        ByteBuf bytes = (ByteBuf) msg;
        writer.execute(() -> {
            try {
                bytes.readBytes(out, bytes.readableBytes());
                out.flush();
                if (!peerEnded) {
                    ctx.read();
                }
            } catch (IOException e) {
                broken(of(OUTPUT, e));
                ctx.close();
            } finally {
                bytes.release();
            }
        });
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        if (event == ChannelInputShutdownEvent.INSTANCE) {
            peerEnded = true;
            writer.execute(this::endOutput);
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        if (!peerEnded) {
            broken(new IOException("the connection was closed before the target had ended it"));
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        broken(ofConnection(cause));
        ctx.close();
    }

    private void endOutput() {
        try {
            out.close();
            outputEnded.complete(null);
        } catch (IOException e) {
            broken(of(OUTPUT, e));
        }
    }

    private void broken(IOException cause) {
        outputEnded.completeExceptionally(cause);
        inputEnded.completeExceptionally(cause);
    }

    private static IOException of(String stream, IOException failure) {
        return new IOException(stream + ": " + failure.getMessage(), failure);
    }

    private static IOException ofConnection(Throwable failure) {
        String words = SocketFailure.text(failure);
        if (SocketFailure.isReset(failure)) {
            words = "the target, or a hop on the way to it, reset the connection; their logs may say why";
        } else if (failure instanceof ClosedChannelException) {
            words = "the connection was closed before all of the input was sent";
        }
        return new IOException(words, failure);
    }

    private void pump(InputStream in, Channel channel) {
        byte[] chunk = new byte[CHUNK];
        try {
            for (int n = in.read(chunk); n >= 0; n = in.read(chunk)) {
                // One chunk is under way at a time: the sender waits for a slow target. It is a copy, as a stream takes
                // bytes before they have left.
                if (!sent(channel, channel.alloc().buffer(n).writeBytes(chunk, 0, n))) {
                    return;
                }
            }
        } catch (IOException e) {
            broken(of("standard input", e));
            return;
        }
        if (sent(channel, EndOfOutput.INSTANCE)) {
            inputEnded.complete(null);
        }
    }

    private boolean sent(Channel channel, Object message) {
        ChannelFuture sending = channel.writeAndFlush(message).awaitUninterruptibly();
        if (!sending.isSuccess()) {
            broken(ofConnection(sending.cause()));
        }
        return sending.isSuccess();
    }
}
