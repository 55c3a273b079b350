package io.hopline.testkit;

import io.hopline.api.Inbound;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.ChannelPromise;
import java.util.concurrent.atomic.AtomicLong;

/** Measures what connections hold: what was read and not consumed, with all of the buffers that it lies in, and what waits to be sent. */
public final class Memory {

    private final UnpooledByteBufAllocator alloc = new UnpooledByteBufAllocator(false);
    private final AtomicLong most = new AtomicLong();

    /** The inbound, whose connections are measured. */
    public Inbound of(Inbound inbound) {
        return (client, session) -> inbound.accept(of(client), session);
    }

    /** The connection, measured from now on. */
    public Channel of(Channel connection) {
        connection.config().setAllocator(alloc);
        connection.pipeline().addFirst(new Gauge());
        return connection;
    }

    /** The most that was held so far, in bytes. */
    public long most() {
        return most.get();
    }

    private void look(Channel connection) {
        ChannelOutboundBuffer waiting = connection.unsafe().outboundBuffer();
        long unsent = waiting == null ? 0 : waiting.totalPendingWriteBytes();
        long unread = alloc.metric().usedHeapMemory() + alloc.metric().usedDirectMemory();
        most.accumulateAndGet(unsent + unread, Math::max);
    }

    private final class Gauge extends ChannelDuplexHandler {

        @Override
        public void channelRead(ChannelHandlerContext ctx, Object msg) {
            ctx.fireChannelRead(msg);
            look(ctx.channel());
        }

        @Override
        public void write(ChannelHandlerContext ctx, Object msg, ChannelPromise promise) {
            ctx.write(msg, promise);
            look(ctx.channel());
        }
    }
}
