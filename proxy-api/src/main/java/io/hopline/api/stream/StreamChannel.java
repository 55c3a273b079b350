package io.hopline.api.stream;

import io.hopline.api.Abort;
import io.hopline.api.EndOfOutput;
import io.netty.buffer.ByteBuf;
import io.netty.channel.AbstractChannel;
import io.netty.channel.Channel;
import io.netty.channel.ChannelConfig;
import io.netty.channel.ChannelMetadata;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.ChannelPromise;
import io.netty.channel.DefaultChannelConfig;
import io.netty.channel.EventLoop;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import java.net.SocketAddress;
import org.jspecify.annotations.Nullable;

/**
 * One stream as a channel: carries {@code ByteBuf}s and the messages of its session's protocol, auto-read off at first, with {@link
 * EndOfOutput}, {@link Abort} and {@link ChannelInputShutdownEvent} as every channel here.
 *
 * <p>Bytes count as consumed when they are handed on to the pipeline, so a reader who asks for nothing stops the peer when its window
 * is used up. A message that is not bytes is handed on in a read of its own. What was written counts as pending, and so towards
 * writability, until there is room for it in the windows of the stream and the session.
 */
public final class StreamChannel extends AbstractChannel {

    private static final ChannelMetadata METADATA = new ChannelMetadata(false);

    private final StreamLink link;
    private final StreamInput input;
    private final StreamOutput output;
    private final ChannelConfig config = new Config(this);
    private boolean closed;

    /** @param parent the session's connection, where that is known and stays the same */
    public StreamChannel(@Nullable Channel parent, StreamLink link) {
        super(parent);
        this.link = link;
        this.input = new StreamInput(this, link);
        this.output = new StreamOutput(link);
        if (parent != null) {
            config.setAllocator(parent.alloc());
        }
        config.setAutoRead(false);
    }

    /** Bytes came from the peer; taken over. They are handed on by {@link #deliver}. */
    public void received(ByteBuf bytes) {
        input.bytes(bytes);
    }

    /** A message that is not bytes came from the peer. It is handed on by {@link #deliver}. */
    public void receivedMessage(Object message) {
        input.message(message);
    }

    /** The peer has ended its output. That is told by {@link #deliver}, behind what came before. */
    public void inputEnds() {
        input.end();
    }

    /** Whether the peer has ended its output. */
    public boolean isInputEnded() {
        return input.hasEnded();
    }

    /** Hands on what came, as far as it was asked for; for the session to call when it has read what its connection had. */
    public void deliver() {
        input.deliver();
    }

    /**
     * The stream is no more: a server has reset it, or the session is lost. The cause is fired and the channel closed: behind
     * what its reader has asked for, or, if the peer's output had ended before, when that was read to its end.
     */
    public void broken(Throwable cause) {
        if (!closed && input.hasEnded()) {
            outputUnwanted();
            input.breakAtEnd(cause);
        } else {
            // What came along with a reset may say why.
            input.deliver();
            fail(cause);
        }
    }

    /** The peer has all it wants: what waits to be sent, and what is still written, is dropped as if it were sent. */
    public void outputUnwanted() {
        output.discard();
        resume();
    }

    /** There may be room again for what waits to be sent. */
    public void resume() {
        if (!closed && isRegistered()) {
            ((StreamUnsafe) unsafe()).resume();
        }
    }

    /** Since when the peer has let none of the waiting bytes out, in {@code System.nanoTime}; 0 if none wait. */
    public long heldSince() {
        return output.heldSince();
    }

    /**
     * A client's stream is no more amid its request: it has reset it, or it plays by no rules. The cause is fired and the channel closed,
     * behind what its reader has asked for if any of that came before.
     */
    public void failed(Throwable cause) {
        // A request that is called off in the same breath costs nothing.
        if (input.hasBegun()) {
            input.deliver();
        }
        fail(cause);
    }

    private void fail(Throwable cause) {
        if (!closed) {
            pipeline().fireExceptionCaught(cause);
            unsafe().close(voidPromise());
        }
    }

    @Override
    protected Object filterOutboundMessage(Object message) {
        if (message == Abort.INSTANCE) {
            output.abort();
        }
        return message;
    }

    @Override
    protected void doWrite(ChannelOutboundBuffer waiting) {
        if (output.isAborted()) {
            StreamOutput.drop(waiting);
            unsafe().close(voidPromise());
        } else {
            output.send(waiting);
        }
    }

    @Override
    protected void doBeginRead() {
        input.read();
    }

    @Override
    protected void doClose() {
        if (!closed) {
            closed = true;
            input.close();
            link.closed(new StreamLink.Close(input.hasEnded(), output.hasEnded(), output.isAborted()));
        }
    }

    @Override
    public ChannelConfig config() {
        return config;
    }

    @Override
    public boolean isOpen() {
        return !closed;
    }

    @Override
    public boolean isActive() {
        return !closed;
    }

    @Override
    public ChannelMetadata metadata() {
        return METADATA;
    }

    @Override
    protected boolean isCompatible(EventLoop loop) {
        return true;
    }

    @Override
    protected @Nullable SocketAddress localAddress0() {
        return link.localAddress();
    }

    @Override
    protected @Nullable SocketAddress remoteAddress0() {
        return link.remoteAddress();
    }

    @Override
    protected void doBind(SocketAddress address) {
        throw new UnsupportedOperationException("a stream is not bound");
    }

    @Override
    protected void doDisconnect() {
        doClose();
    }

    @Override
    protected AbstractUnsafe newUnsafe() {
        return new StreamUnsafe();
    }

    private final class StreamUnsafe extends AbstractUnsafe {

        void resume() {
            flush0();
        }

        @Override
        public void connect(SocketAddress remote, @Nullable SocketAddress local, ChannelPromise promise) {
            promise.setFailure(new UnsupportedOperationException("a stream is open from the start"));
        }
    }

    /** Stops handing on at once when auto-read is switched off. */
    private static final class Config extends DefaultChannelConfig {

        Config(StreamChannel stream) {
            super(stream);
        }

        @Override
        protected void autoReadCleared() {
            ((StreamChannel) channel).input.pause();
        }
    }
}
