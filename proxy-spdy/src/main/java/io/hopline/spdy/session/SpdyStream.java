package io.hopline.spdy.session;

import io.hopline.api.stream.ClientLink;
import io.hopline.api.stream.StreamChannel;
import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.spdy.SpdyStreamStatus;
import java.net.SocketAddress;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One stream of a session: what its channel sends becomes frames, what frames bring goes to its channel, as {@link StreamHead}s and
 * {@code ByteBuf}s.
 *
 * <p>Half-close is FIN both ways. A channel that is closed before both sides have ended resets the stream; a reset by the peer is the
 * channel's exception and end. A server's that follows its FIN is no error: what came before is read to its end, and what would still
 * be sent is dropped.
 */
public final class SpdyStream implements ClientLink {

    /** Data of a turn; with its header it fills one record of TLS. */
    private static final int CHUNK = 16 * 1024 - 8;

    /** A head, and trailers: they are taken without credit, so their number is limited. */
    private static final int MOST_HEADS = 4;

    private final SpdySession session;
    private final ReceiveWindow receive;
    private SendWindow send;
    private @Nullable StreamChannel channel;
    private @Nullable Consumer<String> refusal;
    private int id;
    private int heads;
    private boolean headSent;
    private boolean begun;
    private boolean outputEnded;
    private boolean over;
    boolean arrived;

    SpdyStream(SpdySession session, int id, ReceiveWindow receive, SendWindow send) {
        this.session = session;
        this.id = id;
        this.receive = receive;
        this.send = send;
    }

    void bind(StreamChannel to) {
        channel = to;
    }

    @Override
    public void bind(StreamChannel to, Consumer<String> refused) {
        channel = to;
        refusal = refused;
    }

    StreamChannel channel() {
        return Objects.requireNonNull(channel);
    }

    /** The id on the wire; 0 before the peer is told of the stream. */
    int id() {
        return id;
    }

    /** The stream is told to the peer only now, so the window is what the peer says now. */
    void told(int assigned, SendWindow current) {
        id = assigned;
        send = current;
    }

    /** The peer's first header block comes; no if it has come before. */
    boolean begins() {
        boolean first = !begun;
        begun = true;
        return first;
    }

    /** Whether the peer's first header block has come. */
    boolean begun() {
        return begun;
    }

    /** Whether the peer has sent FIN. */
    boolean inputEnded() {
        return channel().isInputEnded();
    }

    /** Counts header blocks; no if there are too many to be trailers. */
    boolean takesHead() {
        return ++heads <= MOST_HEADS;
    }

    /** Counts data; no if the peer has sent more than the window lets it. */
    boolean takes(int bytes) {
        return receive.arrived(bytes);
    }

    /** A header block came. */
    void arrive(StreamHead head) {
        channel().receivedMessage(head);
        arrived(head.last());
    }

    /** Data came; taken over. */
    void arrive(ByteBuf data, boolean last) {
        channel().received(data);
        arrived(last);
    }

    private void arrived(boolean last) {
        if (last) {
            channel().inputEnds();
            endedOneWay();
        }
        session.arrived(this);
    }

    /** Changes the peer's window; no if it grows too large. */
    boolean changeWindow(int delta) {
        return send.change(delta);
    }

    /** One direction has ended; when both have, the peer may forget the stream, and so does the session. */
    private void endedOneWay() {
        if (inputEnded() && outputEnded) {
            forget();
        }
    }

    /** The peer wants no more of the stream. */
    void resetByPeer(SpdyStreamStatus status) {
        if (session.isServer()) {
            forget();
            channel().failed(StreamResetException.of(status));
        } else if (inputEnded()) {
            // A server that has said all, and does not care for the rest of the question.
            forget();
            channel().outputUnwanted();
        } else {
            breakOff(StreamResetException.of(status));
        }
    }

    /** The stream can't go on, and the peer knows. */
    void breakOff(StreamResetException cause) {
        boolean was = over;
        forget();
        if (!was && cause.refused() && !begun && refusal != null) {
            refusal.accept(String.valueOf(cause.getMessage()));
        } else if (!was && session.isServer() && !inputEnded()) {
            channel().failed(cause);
        } else if (!was) {
            channel().broken(cause);
        }
    }

    private void forget() {
        if (!over) {
            over = true;
            session.forget(this);
        }
    }

    @Override
    public int room() {
        int own = over ? 0 : send.open();
        return own == 0 ? 0 : Math.min(CHUNK, Math.min(own, session.outgoing().room(channel())));
    }

    @Override
    public void data(ByteBuf bytes) {
        if (over) {
            bytes.release();
        } else {
            send.take(bytes.readableBytes());
            session.outgoing().data(this, false, bytes);
        }
    }

    @Override
    public boolean message(Object message) {
        if (!(message instanceof StreamHead head)) {
            throw new IllegalArgumentException("SPDY has no such message: " + message.getClass());
        }
        if (!over) {
            session.outgoing().head(this, head, !headSent);
            headSent = true;
            sent(head.last());
        }
        return head.last();
    }

    @Override
    public void end() {
        if (!over) {
            session.outgoing().data(this, true, channel().alloc().ioBuffer(0));
            sent(true);
        }
    }

    private void sent(boolean last) {
        outputEnded = last;
        if (last) {
            endedOneWay();
        }
    }

    @Override
    public void flush() {
        session.outgoing().wake();
    }

    @Override
    public void consumed(int bytes) {
        int credit = over || inputEnded() ? 0 : receive.consumed(bytes);
        if (credit > 0) {
            session.outgoing().grant(id, credit);
        }
    }

    @Override
    public void closed(Close close) {
        receive.close();
        if (channel != null) {
            session.outgoing().leave(channel);
        }
        if (over) {
            session.owner().changed();
        } else {
            session.cancel(this);
            forget();
        }
    }

    @Override
    public SocketAddress remoteAddress() {
        return session.connection().remoteAddress();
    }

    @Override
    public SocketAddress localAddress() {
        return session.connection().localAddress();
    }
}
