package io.hopline.launcher;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.hopline.api.EndOfOutput;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** What a dialed channel's user does: says something, ends its own direction, and hears the other side out. */
final class Talk extends ChannelInboundHandlerAdapter {

    private final StringBuilder heard = new StringBuilder();
    private final CompletableFuture<String> all = new CompletableFuture<>();

    private Talk() {}

    /** All that the other side answers until its end; fails if that is no clean one. */
    static String halfClosing(Channel channel, String said) throws Exception {
        Talk talk = new Talk();
        channel.eventLoop().execute(() -> {
            channel.pipeline().addLast(talk);
            channel.config().setAutoRead(true);
            channel.write(channel.alloc().buffer().writeBytes(said.getBytes(US_ASCII)));
            channel.writeAndFlush(EndOfOutput.INSTANCE);
        });
        try {
            return talk.all.get(10, TimeUnit.SECONDS);
        } finally {
            channel.close();
        }
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        ByteBuf bytes = (ByteBuf) message;
        heard.append(bytes.toString(US_ASCII));
        bytes.release();
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        if (event == ChannelInputShutdownEvent.INSTANCE) {
            all.complete(heard.toString());
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        all.completeExceptionally(new AssertionError("closed after \"" + heard + '"'));
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        all.completeExceptionally(cause);
    }
}
