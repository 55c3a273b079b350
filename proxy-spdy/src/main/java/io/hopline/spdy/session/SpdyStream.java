package io.hopline.spdy.session;

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
import io.netty.handler.codec.UnsupportedMessageTypeException;
import io.netty.handler.codec.spdy.SpdyStreamStatus;
import java.net.SocketAddress;

/**
 * One stream of a session as a channel of {@link StreamHead}s and {@code ByteBuf}s, auto-read off at first.
 *
 * <p>Half-close is FIN both ways: {@link EndOfOutput} out, {@link io.netty.channel.socket.ChannelInputShutdownEvent} in. A close or an
 * {@link Abort} before both sides have ended resets the stream; a reset by the peer is an exception and then the channel's end. One
 * that follows the peer's FIN is no error: what came before is read to its end, and what would still be sent is dropped.
 */
public final class SpdyStream extends AbstractChannel {

    private static final ChannelMetadata METADATA = new ChannelMetadata(false);

    private final SpdySession session;
    private final ChannelConfig config = new Config(this);
    private final StreamInput input;
    private final StreamOutput output;
    private int id;
    private boolean open = true;
    private boolean wireOver;
    private boolean aborted;
    boolean queued;

    SpdyStream(Channel parent, SpdySession session, int id, ReceiveWindow receive, SendWindow send) {
        super(parent);
        this.session = session;
        this.id = id;
        this.input = new StreamInput(this, receive);
        this.output = new StreamOutput(this, send);
        config.setAllocator(parent.config().getAllocator());
        config.setAutoRead(false);
    }

    /** The id on the wire; 0 before the peer is told of the stream. */
    public int streamId() {
        return id;
    }

    void setStreamId(int assigned) {
        id = assigned;
    }

    StreamInput input() {
        return input;
    }

    StreamOutput output() {
        return output;
    }

    /** One direction has ended; when both have, the peer may forget the stream, and so does the session. */
    void endedOneWay() {
        if (input.ended() && output.ended()) {
            forget();
        }
    }

    /** The peer wants no more of the stream. */
    void resetByPeer(SpdyStreamStatus status) {
        forget();
        StreamResetException cause = StreamResetException.of(status);
        if (!input.ended()) {
            breakOff(cause);
        } else if (session.isServer()) {
            // A client that has asked for all it wants, and now wants no answer.
            output.discard();
            input.breakAtEnd(cause);
        } else {
            // A server that has said all, and does not care for the rest of the question.
            output.discard();
        }
    }

    /** The stream can't go on, and the peer knows. */
    void breakOff(StreamResetException cause) {
        forget();
        if (open) {
            pipeline().fireExceptionCaught(cause);
            unsafe().close(voidPromise());
        }
    }

    void owesReadComplete() {
        session.owesReadComplete(this);
    }

    void credit(int bytes) {
        if (!wireOver) {
            session.outgoing().grant(id, bytes);
        }
    }

    private void forget() {
        if (!wireOver) {
            wireOver = true;
            session.forget(this);
        }
    }

    @Override
    protected void doClose() {
        if (open) {
            open = false;
            if (!wireOver) {
                session.cancel(this);
                forget();
            }
            input.close();
        }
    }

    @Override
    protected void doWrite(ChannelOutboundBuffer in) {
        if (aborted) {
            while (!in.isEmpty()) {
                in.remove();
            }
            unsafe().close(voidPromise());
        } else if (!output.drop()) {
            session.outgoing().ready(this);
        }
    }

    @Override
    protected Object filterOutboundMessage(Object msg) {
        if (msg instanceof ByteBuf || msg instanceof StreamHead || msg == EndOfOutput.INSTANCE) {
            return msg;
        }
        if (msg == Abort.INSTANCE) {
            aborted = true;
            return msg;
        }
        throw new UnsupportedMessageTypeException(msg, ByteBuf.class, StreamHead.class, EndOfOutput.class, Abort.class);
    }

    @Override
    protected void doBeginRead() {
        input.read();
    }

    @Override
    public boolean isOpen() {
        return open;
    }

    @Override
    public boolean isActive() {
        return open;
    }

    @Override
    public ChannelConfig config() {
        return config;
    }

    @Override
    public ChannelMetadata metadata() {
        return METADATA;
    }

    @Override
    protected AbstractUnsafe newUnsafe() {
        return new AbstractUnsafe() {
            @Override
            public void connect(SocketAddress remote, SocketAddress local, ChannelPromise promise) {
                promise.setFailure(new UnsupportedOperationException("a stream is connected from the start"));
            }
        };
    }

    @Override
    protected boolean isCompatible(EventLoop loop) {
        return loop == parent().eventLoop();
    }

    @Override
    protected SocketAddress localAddress0() {
        return parent().localAddress();
    }

    @Override
    protected SocketAddress remoteAddress0() {
        return parent().remoteAddress();
    }

    @Override
    protected void doBind(SocketAddress local) {
        throw new UnsupportedOperationException("a stream is bound from the start");
    }

    @Override
    protected void doDisconnect() {
        doClose();
    }

    /** Stops handing on at once when auto-read is switched off. */
    private static final class Config extends DefaultChannelConfig {

        Config(SpdyStream stream) {
            super(stream);
        }

        @Override
        protected void autoReadCleared() {
            ((SpdyStream) channel).input.pause();
        }
    }
}
