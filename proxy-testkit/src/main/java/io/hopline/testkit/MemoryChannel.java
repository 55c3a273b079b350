package io.hopline.testkit;

import io.hopline.api.EndOfOutput;
import io.netty.buffer.ByteBuf;
import io.netty.channel.AbstractChannel;
import io.netty.channel.ChannelConfig;
import io.netty.channel.ChannelMetadata;
import io.netty.channel.ChannelPromise;
import io.netty.channel.DefaultChannelConfig;
import io.netty.channel.EventLoop;
import io.netty.util.ReferenceCountUtil;
import java.net.SocketAddress;
import java.util.ArrayDeque;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/** A channel that there is in memory alone, auto-read off: what comes waits until it is read, and is gone with the channel. */
public abstract class MemoryChannel extends AbstractChannel {

    private static final ChannelMetadata METADATA = new ChannelMetadata(false);

    private final ChannelConfig config = new DefaultChannelConfig(this).setAutoRead(false);
    private final Queue<Object> inbox = new ArrayDeque<>();
    private boolean wanted;
    private boolean open = true;

    protected MemoryChannel() {
        super(null);
    }

    /** Hands to the pipeline what one read brings of all that came, which is never nothing; on the loop. */
    protected abstract void deliver(Queue<Object> came);

    /** Takes over what came; on the loop. */
    protected final void receive(Object message) {
        if (open) {
            inbox.add(message);
            deliverLater();
        } else {
            ReferenceCountUtil.release(message);
        }
    }

    private void deliverLater() {
        if (wanted && !inbox.isEmpty()) {
            eventLoop().execute(this::deliverWanted);
        }
    }

    private void deliverWanted() {
        if (wanted && !inbox.isEmpty()) {
            wanted = false;
            deliver(inbox);
        }
    }

    @Override
    protected void doBeginRead() {
        wanted = true;
        deliverLater();
    }

    @Override
    protected Object filterOutboundMessage(Object message) {
        if (message instanceof ByteBuf || message == EndOfOutput.INSTANCE) {
            return message;
        }
        throw new UnsupportedOperationException("it carries bytes, not " + message.getClass());
    }

    @Override
    protected void doClose() {
        open = false;
        inbox.forEach(ReferenceCountUtil::release);
        inbox.clear();
    }

    @Override
    protected final void doDisconnect() {
        doClose();
    }

    @Override
    protected final void doBind(SocketAddress address) {
        throw new UnsupportedOperationException("it is open from the start");
    }

    @Override
    public final ChannelConfig config() {
        return config;
    }

    @Override
    public final boolean isOpen() {
        return open;
    }

    @Override
    public final boolean isActive() {
        return open && isRegistered();
    }

    @Override
    public final ChannelMetadata metadata() {
        return METADATA;
    }

    @Override
    protected final boolean isCompatible(EventLoop loop) {
        return true;
    }

    @Override
    protected @Nullable SocketAddress localAddress0() {
        return null;
    }

    @Override
    protected @Nullable SocketAddress remoteAddress0() {
        return null;
    }

    @Override
    protected final AbstractUnsafe newUnsafe() {
        return new Unsafe();
    }

    private final class Unsafe extends AbstractUnsafe {
        @Override
        public void connect(SocketAddress remote, @Nullable SocketAddress local, ChannelPromise promise) {
            promise.setFailure(new UnsupportedOperationException("it is open from the start"));
        }
    }
}
