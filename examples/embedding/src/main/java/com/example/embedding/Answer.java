package com.example.embedding;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import java.nio.channels.ClosedChannelException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;

/** Collects what a channel reads until its input ends. */
final class Answer extends SimpleChannelInboundHandler<ByteBuf> {

    private final StringBuilder soFar = new StringBuilder();
    private final CompletableFuture<String> text = new CompletableFuture<>();

    CompletableFuture<String> text() {
        return text;
    }

    @Override
    protected void channelRead0(ChannelHandlerContext ctx, ByteBuf bytes) {
        soFar.append(bytes.toString(StandardCharsets.ISO_8859_1));
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        if (event == ChannelInputShutdownEvent.INSTANCE) {
            text.complete(soFar.toString());
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        text.completeExceptionally(new ClosedChannelException()); // Without an end: some of it may be missing.
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        text.completeExceptionally(cause);
    }
}
