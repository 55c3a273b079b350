package io.hopline.api.transport;

import io.hopline.api.Abort;
import io.hopline.api.EndOfOutput;
import io.hopline.api.Inbound;
import io.hopline.api.Session;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;

/** One end of a stream as a test sees it: what came, and how it ended. */
final class End extends ChannelInboundHandlerAdapter {

    final Channel channel;
    final @Nullable Session session;
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final List<String> events = new CopyOnWriteArrayList<>();

    private End(Channel channel, @Nullable Session session) {
        this.channel = channel;
        this.session = session;
    }

    /** Hands the ends of accepted channels over, each reading from the start. */
    static Inbound into(BlockingQueue<End> ends) {
        return (client, session) -> ends.add(new End(client, session).reading());
    }

    static BlockingQueue<End> queue() {
        return new LinkedBlockingQueue<>();
    }

    static End of(Channel channel) {
        return new End(channel, null).reading();
    }

    private End reading() {
        // A handler that another thread adds hears nothing until its loop has come to it, while auto-read may read on.
        if (channel.eventLoop().inEventLoop()) {
            read();
        } else {
            channel.eventLoop().submit(this::read).syncUninterruptibly();
        }
        return this;
    }

    private void read() {
        channel.pipeline().addLast(this);
        channel.config().setAutoRead(true);
    }

    void send(String text) {
        channel.writeAndFlush(Unpooled.copiedBuffer(text, StandardCharsets.UTF_8));
    }

    void send(byte[] data) {
        channel.writeAndFlush(Unpooled.wrappedBuffer(data));
    }

    void endOutput() {
        Wire.get(channel.writeAndFlush(EndOfOutput.INSTANCE));
    }

    void abort() {
        channel.writeAndFlush(Abort.INSTANCE);
    }

    void awaitText(String expected) {
        await("text", () -> text().equals(expected));
    }

    void awaitBytes(int count) {
        await(count + " bytes", () -> bytes().length >= count);
    }

    /** Waits for the event and tells all that came up to it. */
    List<String> awaitEvent(String event) {
        await(event, () -> events.contains(event));
        return List.copyOf(events);
    }

    void awaitBroken() {
        await("break", () -> events.stream().anyMatch(event -> event.startsWith("broken: ")));
    }

    void awaitClosed() {
        await("close", () -> !channel.isOpen());
    }

    String text() {
        return new String(bytes(), StandardCharsets.UTF_8);
    }

    byte[] bytes() {
        synchronized (bytes) {
            return bytes.toByteArray();
        }
    }

    List<String> events() {
        return events;
    }

    private void await(String what, java.util.concurrent.Callable<Boolean> condition) {
        Awaitility.await(what)
                .atMost(Duration.ofSeconds(20))
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(2))
                .until(condition);
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object msg) {
        ByteBuf data = (ByteBuf) msg;
        synchronized (bytes) {
            bytes.writeBytes(ByteBufUtil.getBytes(data));
        }
        data.release();
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        if (event == ChannelInputShutdownEvent.INSTANCE) {
            events.add("end of input after " + bytes().length);
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        events.add("broken: " + cause.getMessage());
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        events.add("closed");
    }
}
