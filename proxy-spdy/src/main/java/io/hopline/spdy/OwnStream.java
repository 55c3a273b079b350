package io.hopline.spdy;

import io.hopline.api.Session;
import io.hopline.api.stream.StreamChannel;
import io.hopline.api.stream.StreamLink;
import io.hopline.api.transport.Dials;
import io.hopline.spdy.session.SpdyStream;
import io.hopline.spdy.session.StreamHead;
import io.hopline.spdy.session.StreamResetException;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.Promise;
import java.net.SocketAddress;
import org.jspecify.annotations.Nullable;

/**
 * What a channel of ours has beneath: a stream of a pooled session, and another one, once, if the server refused the first before it
 * did anything. Nothing but a head and the end may have gone out by then, for those alone can go out again.
 */
final class OwnStream implements StreamLink {

    private final SessionPool pool;
    private final Session session;
    private final StreamChannel channel = new StreamChannel(null, this);
    private @Nullable SpdyStream stream;
    private @Nullable StreamHead head;
    private boolean ended;
    private boolean movable = true;
    private boolean closed;

    private OwnStream(SessionPool pool, Session session) {
        this.pool = pool;
        this.session = session;
    }

    /** A channel on a new stream, of which the server does not know yet; fails with a {@code DialException}. */
    static Future<Channel> open(SessionPool pool, Session session) {
        Promise<Channel> promise = session.loop().newPromise();
        Future<SpdyStream> opening = pool.stream(session);
        Dials.cancelWith(promise, opening);
        opening.addListener((Future<SpdyStream> opened) -> {
            if (opened.isSuccess()) {
                OwnStream own = new OwnStream(pool, session);
                own.moveTo(opened.getNow());
                session.loop().register(own.channel);
                if (!promise.trySuccess(own.channel)) {
                    own.channel.close();
                }
            } else {
                promise.tryFailure(opened.cause());
            }
        });
        return promise;
    }

    private void moveTo(SpdyStream to) {
        stream = to;
        to.bind(channel);
        to.onRefused(this::refused);
    }

    private void refused(StreamResetException cause) {
        StreamHead again = head;
        stream = null;
        if (!movable || again == null) {
            channel.broken(cause);
            return;
        }
        movable = false;
        pool.stream(session).addListener((Future<SpdyStream> opened) -> {
            if (!opened.isSuccess()) {
                channel.broken(opened.cause());
            } else {
                moveTo(opened.getNow());
                if (closed) {
                    opened.getNow().closed(new Close(false, false, false));
                } else {
                    sendAgain(opened.getNow(), again);
                }
            }
        });
    }

    private void sendAgain(SpdyStream to, StreamHead again) {
        to.message(again);
        if (ended && !again.last()) {
            to.end();
        }
        to.flush();
        channel.resume();
    }

    @Override
    public int room() {
        return stream == null ? 0 : stream.room();
    }

    @Override
    public void data(ByteBuf bytes) {
        movable = false;
        if (stream == null) {
            bytes.release();
        } else {
            stream.data(bytes);
        }
    }

    @Override
    public boolean message(Object message) {
        if (!(message instanceof StreamHead next)) {
            throw new IllegalArgumentException("SPDY has no such message: " + message.getClass());
        }
        movable &= head == null;
        head = next;
        if (stream != null) {
            stream.message(next);
        }
        return next.last();
    }

    @Override
    public void end() {
        ended = true;
        if (stream != null) {
            stream.end();
        }
    }

    @Override
    public void flush() {
        if (stream != null) {
            stream.flush();
        }
    }

    @Override
    public void consumed(int bytes) {
        if (stream != null) {
            stream.consumed(bytes);
        }
    }

    @Override
    public void closed(Close close) {
        closed = true;
        if (stream != null) {
            stream.closed(close);
        }
    }

    @Override
    public @Nullable SocketAddress remoteAddress() {
        return stream == null ? null : stream.remoteAddress();
    }

    @Override
    public @Nullable SocketAddress localAddress() {
        return stream == null ? null : stream.localAddress();
    }
}
