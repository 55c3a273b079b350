package io.hopline.testkit;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.util.concurrent.Future;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** Reads one message of a channel, and tells in words what it hears. */
public final class Hearing extends ChannelInboundHandlerAdapter {

    private final BlockingQueue<String> heard = new LinkedBlockingQueue<>();

    /** Listens to what was dialed. */
    public Channel to(Future<Channel> dialed) throws Exception {
        Channel channel = Loops.get(dialed);
        Loops.on(channel.eventLoop(), () -> channel.pipeline().addLast(this));
        return channel;
    }

    /** Leaves what was dialed unread, and closes it when it breaks. */
    public static Channel unread(Future<Channel> dialed) throws Exception {
        Channel channel = Loops.get(dialed);
        Loops.on(
                channel.eventLoop(),
                () -> channel.pipeline().addLast(new ChannelInboundHandlerAdapter() {
                    @Override
                    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
                        ctx.close();
                    }
                }));
        return channel;
    }

    /** What is heard next: text that came, {@code clean end}, or {@code broken} and why; waits ten seconds for it. */
    public String next() throws InterruptedException {
        String next = heard.poll(10, TimeUnit.SECONDS);
        if (next == null) {
            throw new AssertionError("nothing was heard within ten seconds");
        }
        return next;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        ctx.read();
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object msg) {
        ByteBuf bytes = (ByteBuf) msg;
        heard.add(bytes.toString(StandardCharsets.US_ASCII));
        bytes.release();
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        if (event == ChannelInputShutdownEvent.INSTANCE) {
            heard.add("clean end");
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        heard.add("broken: " + cause.getMessage());
    }
}
