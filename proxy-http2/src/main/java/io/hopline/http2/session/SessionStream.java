package io.hopline.http2.session;

import io.hopline.api.stream.ClientLink;
import io.hopline.api.stream.StreamChannel;
import io.hopline.http2.session.ReceiveWindows.Growth;
import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.handler.codec.http2.Http2Stream;
import java.io.IOException;
import java.net.SocketAddress;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One stream of a session: what its channel sends becomes frames, what frames bring goes to its channel. */
public final class SessionStream implements ClientLink {

    /** Interim heads, the final one, and trailers: they are taken without credit, so their number is limited. */
    private static final int MOST_HEADS = 16;

    private final Http2Session session;
    private final Growth growth = new Growth();
    private @Nullable StreamChannel channel;
    private @Nullable Http2Stream stream;
    private @Nullable Consumer<String> refusal;
    private boolean reserved;
    private boolean tunnel;
    private boolean over;
    private int heads;
    boolean ready;

    /** @param reserved whether it is ours, counted and to be begun by us */
    SessionStream(Http2Session session, boolean reserved) {
        this.session = session;
        this.reserved = reserved;
    }

    /** The session that it belongs to. */
    public Http2Session session() {
        return session;
    }

    void bind(StreamChannel to) {
        channel = to;
    }

    @Override
    public void bind(StreamChannel to, Consumer<String> refused) {
        channel = to;
        refusal = refused;
    }

    /** Resets the stream so that the peer may try again elsewhere. */
    public void refuse() {
        reset(Http2Error.REFUSED_STREAM);
    }

    /** Resets the stream, whose peer did not keep to the protocol. */
    public void malformed() {
        reset(Http2Error.PROTOCOL_ERROR);
    }

    void started(Http2Stream created) {
        stream = created;
    }

    StreamChannel channel() {
        return Objects.requireNonNull(channel);
    }

    /** Counts header sections; no if there are too many. */
    boolean takesHead() {
        return ++heads <= MOST_HEADS;
    }

    void headers(Http2Headers headers, boolean end) {
        tunnel |= "CONNECT".contentEquals(Objects.requireNonNullElse(headers.method(), ""));
        channel().receivedMessage(new Head(headers, end));
        ended(end);
    }

    void bytes(ByteBuf bytes, boolean end) {
        channel().received(bytes);
        ended(end);
    }

    private void ended(boolean end) {
        if (end) {
            channel().inputEnds();
        }
        session.handler().ready(this);
    }

    /** The peer has reset the stream. */
    void resetByPeer(long code) {
        Http2Error error = Http2Error.valueOf(code);
        IOException cause = new IOException("stream reset by the peer: " + (error == null ? "code " + code : error));
        if (session.isServer()) {
            over = true;
            channel().failed(cause);
        } else if (error == Http2Error.REFUSED_STREAM) {
            session.refusedByPeer();
            refusedBy("the peer refused the stream");
        } else if (error == Http2Error.NO_ERROR && channel().isInputEnded()) {
            // The whole response is there, and the server does not care for the rest of the request (RFC 9113 section
            // 8.1).
            over = true;
            channel().outputUnwanted();
        } else {
            lost(cause);
        }
    }

    /** The peer, by a reset or by GOAWAY, says that it has done nothing for the stream. */
    void refusedBy(String how) {
        if (over) {
            return;
        }
        if (refusal != null && heads == 0) {
            over = true;
            refusal.accept(how);
        } else {
            lost(new IOException(how));
        }
    }

    /** Nothing more comes or goes. */
    void lost(Throwable cause) {
        if (!over) {
            over = true;
            if (channel != null && session.isServer() && !channel.isInputEnded()) {
                channel.failed(cause);
            } else if (channel != null) {
                channel.broken(cause);
            }
        }
    }

    /** Nothing more comes, and nothing more is to go. */
    void cutShort(Throwable cause) {
        Http2Stream open = stream;
        lost(cause);
        if (open != null) {
            session.output().reset(open, Http2Error.CANCEL);
        }
    }

    /** The stream is closed; all is well if both sides had ended. */
    void finished() {
        over = true;
    }

    private void reset(Http2Error error) {
        if (!over && stream != null) {
            over = true;
            session.output().reset(stream, error);
        }
    }

    @Override
    public int room() {
        Http2Stream to = stream;
        return to == null || over ? 0 : session.output().room(this, to);
    }

    @Override
    public void data(ByteBuf bytes) {
        if (over) {
            bytes.release();
        } else {
            session.output().data(Objects.requireNonNull(stream), bytes);
        }
    }

    @Override
    public boolean message(Object message) {
        if (!(message instanceof Head head)) {
            throw new IllegalArgumentException("not a message of HTTP/2: " + message.getClass());
        }
        if (!over) {
            if (stream == null) {
                reserved = false;
                session.output().open(this, head);
                session.release();
            } else {
                session.output().head(stream, head);
            }
        }
        return head.last();
    }

    @Override
    public void end() {
        if (!over) {
            session.output().end(Objects.requireNonNull(stream));
        }
    }

    @Override
    public void flush() {
        session.output().flushSoon();
    }

    @Override
    public void consumed(int bytes) {
        if (!over) {
            session.output().consumed(Objects.requireNonNull(stream), growth, bytes);
        }
    }

    @Override
    public void closed(Close close) {
        if (reserved) {
            reserved = false;
            over = true;
            session.release();
        } else if (!(close.inputEnded() && close.outputEnded())) {
            reset(session.isServer() ? error(close) : Http2Error.CANCEL);
        }
        session.output().closed(channel, growth);
    }

    private Http2Error error(Close close) {
        if (close.aborted()) {
            // RFC 9113 section 8.5 for a tunnel
            return tunnel ? Http2Error.CONNECT_ERROR : Http2Error.INTERNAL_ERROR;
        }
        // After a whole response the client is only asked to stop sending (RFC 9113 section 8.1).
        return close.outputEnded() ? Http2Error.NO_ERROR : Http2Error.CANCEL;
    }

    @Override
    public @Nullable SocketAddress remoteAddress() {
        return session.connectionChannel().remoteAddress();
    }

    @Override
    public @Nullable SocketAddress localAddress() {
        return session.connectionChannel().localAddress();
    }
}
