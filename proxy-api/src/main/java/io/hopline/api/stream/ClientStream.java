package io.hopline.api.stream;

import io.hopline.api.Session;
import io.hopline.api.transport.Dials;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.Promise;
import java.net.SocketAddress;
import org.jspecify.annotations.Nullable;

/** A stream of whichever session takes it: a refusal moves it to another one, as long as what was sent can be sent again. */
final class ClientStream implements StreamLink {

    private static final int MOST_MOVES = 3;

    private final SessionPool pool;
    private final Session session;
    private final StreamChannel channel = new StreamChannel(null, this);
    private @Nullable ClientLink link;
    private @Nullable Future<ClientLink> moving;
    private @Nullable StreamMessage head;
    private @Nullable StreamMessage trailers;
    private boolean begun;
    private boolean ended;
    private boolean closed;
    private int moves;

    private ClientStream(SessionPool pool, Session session) {
        this.pool = pool;
        this.session = session;
    }

    /** A channel on a new stream. */
    static Future<Channel> open(SessionPool pool, Session session) {
        Promise<Channel> promise = session.loop().newPromise();
        Future<ClientLink> opening = pool.link(session);
        Dials.cancelWith(promise, opening);
        opening.addListener((Future<ClientLink> opened) -> {
            if (!opened.isSuccess()) {
                promise.tryFailure(opened.cause());
                return;
            }
            ClientStream stream = new ClientStream(pool, session);
            stream.take(opened.getNow());
            session.loop().register(stream.channel);
            if (!promise.trySuccess(stream.channel)) {
                stream.channel.close();
            }
        });
        return promise;
    }

    private void take(ClientLink next) {
        link = next;
        next.bind(channel, this::refused);
    }

    private void refused(String how) {
        StreamMessage again = head;
        ClientLink refusing = link;
        if (closed || refusing == null) {
            return;
        }
        link = null;
        refusing.closed(SessionPool.UNUSED);
        if (again == null || ++moves > MOST_MOVES) {
            channel.broken(new StreamRefusedException(how));
            return;
        }
        Future<ClientLink> next = pool.link(session);
        moving = next;
        next.addListener((Future<ClientLink> other) -> {
            if (!other.isSuccess()) {
                channel.broken(other.cause());
            } else {
                take(other.getNow());
                move(other.getNow(), again);
            }
        });
    }

    private void move(ClientLink next, StreamMessage again) {
        if (closed) {
            next.closed(SessionPool.UNUSED);
            return;
        }
        next.message(again);
        if (link == next && trailers != null) {
            next.message(trailers);
        } else if (link == next && ended) {
            next.end();
        }
        next.flush();
        channel.resume();
    }

    @Override
    public int room() {
        return link == null ? 0 : link.room();
    }

    @Override
    public void data(ByteBuf bytes) {
        head = null;
        if (link == null) {
            bytes.release();
        } else {
            link.data(bytes);
        }
    }

    @Override
    public boolean message(Object message) {
        if (!(message instanceof StreamMessage next)) {
            throw new IllegalArgumentException("a stream has no such message: " + message.getClass());
        }
        head = begun ? null : next;
        begun = true;
        if (link == null) {
            trailers = next;
        } else {
            link.message(next);
        }
        return next.last();
    }

    @Override
    public void end() {
        ended = true;
        if (link != null) {
            link.end();
        }
    }

    @Override
    public void flush() {
        if (link != null) {
            link.flush();
        }
    }

    @Override
    public void consumed(int bytes) {
        if (link != null) {
            link.consumed(bytes);
        }
    }

    @Override
    public void closed(Close close) {
        closed = true;
        if (link != null) {
            link.closed(close);
        } else if (moving != null) {
            moving.cancel(false);
        }
    }

    @Override
    public @Nullable SocketAddress remoteAddress() {
        return link == null ? null : link.remoteAddress();
    }

    @Override
    public @Nullable SocketAddress localAddress() {
        return link == null ? null : link.localAddress();
    }
}
