package io.hopline.api.stream;

import io.netty.buffer.ByteBuf;
import java.net.SocketAddress;
import org.jspecify.annotations.Nullable;

/** What a session does for one of its streams; called by the stream's channel, on the loop. */
public interface StreamLink {

    /**
     * How many bytes may be sent now; if that is none, {@link StreamChannel#resume} is called once it is some. To be asked for again
     * before each {@link #data}.
     */
    int room();

    /**
     * Sends bytes.
     *
     * @param bytes as many as there is {@link #room} for at most, and at least one; taken over
     */
    void data(ByteBuf bytes);

    /**
     * Sends a message that is not bytes, such as headers; it is released afterwards if it counts references.
     *
     * @return whether it ends this side's output
     * @throws IllegalArgumentException if the protocol has no such message; its write fails so
     */
    boolean message(Object message);

    /** Ends this side's output. */
    void end();

    /** What was sent goes out soon, together with what other streams send; never from within this call. */
    void flush();

    /** Bytes were handed on to whoever reads the stream, so that the peer may send as many more. */
    void consumed(int bytes);

    /**
     * The channel is closed; resets the stream, if it has not ended in both directions.
     *
     * @param close how far it had got
     */
    void closed(Close close);

    /** Where the peer is. */
    @Nullable SocketAddress remoteAddress();

    /** Where we are. */
    @Nullable SocketAddress localAddress();

    /**
     * How far a channel had got when it was closed.
     *
     * @param inputEnded the peer has ended its output
     * @param outputEnded this side has ended its output
     * @param aborted closed by an {@link io.hopline.api.Abort}
     */
    record Close(boolean inputEnded, boolean outputEnded, boolean aborted) {}
}
