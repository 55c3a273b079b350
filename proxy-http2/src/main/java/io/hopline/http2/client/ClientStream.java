package io.hopline.http2.client;

import io.hopline.api.stream.StreamChannel;
import io.hopline.api.stream.StreamLink;
import io.hopline.http2.session.Fate;
import io.hopline.http2.session.Head;
import io.hopline.http2.session.SessionStream;
import io.netty.buffer.ByteBuf;
import io.netty.util.concurrent.Future;
import java.net.SocketAddress;
import org.jspecify.annotations.Nullable;

/**
 * A stream of whichever session takes it: as long as nothing but a request's head was sent, a refusal moves it to another session,
 * and nobody above notices.
 */
final class ClientStream implements StreamLink, Fate {

    private static final int MOST_MOVES = 3;

    private final SessionPool pool;
    private final StreamChannel channel = new StreamChannel(null, this);
    private @Nullable SessionStream stream;
    private @Nullable Head head;
    private @Nullable Head trailers;
    private boolean begun;
    private boolean ended;
    private boolean closed;
    private int moves;

    private ClientStream(SessionPool pool) {
        this.pool = pool;
    }

    /** A channel that begins the stream when it is sent a head; on the pool's loop. */
    static StreamChannel open(SessionPool pool, SessionStream stream) {
        ClientStream client = new ClientStream(pool);
        client.take(stream);
        pool.loop().register(client.channel);
        return client.channel;
    }

    private void take(SessionStream next) {
        stream = next;
        next.bind(channel);
        next.fate(this);
    }

    @Override
    public void answered() {
        head = null;
    }

    @Override
    public void refused(String how) {
        Head again = head;
        stream = null;
        if (closed) {
            return;
        }
        if (again == null || ++moves > MOST_MOVES) {
            channel.broken(new RefusedException(how));
            return;
        }
        pool.stream().addListener((Future<SessionStream> other) -> {
            if (!other.isSuccess()) {
                channel.broken(other.cause());
            } else if (closed) {
                other.getNow().discard();
            } else {
                move(other.getNow(), again);
            }
        });
    }

    private void move(SessionStream next, Head again) {
        take(next);
        next.message(again);
        if (stream == next && trailers != null) {
            next.message(trailers);
        } else if (stream == next && ended) {
            next.end();
        }
        next.flush();
        channel.resume();
    }

    @Override
    public int room() {
        return stream == null ? 0 : stream.room();
    }

    @Override
    public void data(ByteBuf bytes) {
        head = null;
        if (stream == null) {
            bytes.release();
        } else {
            stream.data(bytes);
        }
    }

    @Override
    public boolean message(Object message) {
        if (!(message instanceof Head next)) {
            throw new IllegalArgumentException("not a message of HTTP/2: " + message.getClass());
        }
        boolean first = !begun;
        begun = true;
        head = first ? next : null;
        if (stream != null) {
            stream.message(next);
        } else {
            trailers = next;
        }
        return next.end();
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
