package io.hopline.http2.session;

import io.hopline.api.stream.ClientSession;
import io.hopline.api.stream.StreamChannel;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http2.Http2Connection;
import io.netty.handler.codec.http2.Http2Connection.PropertyKey;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2Stream;
import java.io.IOException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** An HTTP/2 connection and its streams, from the preface to GOAWAY (RFC 9113). */
public final class Http2Session implements ClientSession {

    private final SessionHandler handler;
    private final SessionSettings settings;
    private final SessionOwner owner;
    private final ReceiveWindows receiveWindows;
    private final PropertyKey key;
    private final SessionOutput output;
    private final Goodbye goodbye;
    private final Heartbeat heartbeat;
    private final SkippedIds skipped = new SkippedIds();
    private @Nullable ChannelHandlerContext ctx;
    private boolean peerSettings;
    private int reserved;
    private int taken = Integer.MAX_VALUE;

    Http2Session(
            SessionHandler handler,
            SessionSettings settings,
            SessionOwner owner,
            SendWindows sendWindows,
            ReceiveWindows receiveWindows) {
        this.handler = handler;
        this.settings = settings;
        this.owner = owner;
        this.receiveWindows = receiveWindows;
        this.key = handler.connection().newKey();
        this.output = new SessionOutput(handler, this, sendWindows, receiveWindows, key);
        this.goodbye = new Goodbye(handler, this);
        this.heartbeat = new Heartbeat(this, settings);
    }

    /** Serves a connection that a client has opened. */
    public static Http2Session serve(Channel connection, SessionSettings settings, SessionOwner owner) {
        return new SessionBuilder(true, settings, owner).on(connection);
    }

    /** Opens a session to the server that the connection leads to. */
    public static Http2Session open(Channel connection, SessionSettings settings, SessionOwner owner) {
        return new SessionBuilder(false, settings, owner).on(connection);
    }

    @Override
    public boolean hasRoom() {
        Http2Connection.Endpoint<?> local = handler.connection().local();
        int most = Math.min(taken, local.maxActiveStreams());
        return isUsable() && local.numActiveStreams() + reserved < most && receiveWindows.hasRoom();
    }

    @Override
    public boolean isUsable() {
        return isAlive() && !isDraining();
    }

    @Override
    public SessionStream open() {
        reserved++;
        receiveWindows.opened();
        return new SessionStream(this, true);
    }

    /** Whether the connection is there and the session on it. */
    public boolean isAlive() {
        return ctx != null && !ctx.isRemoved() && ctx.channel().isActive();
    }

    /** Whether no more streams can be opened, ever. */
    public boolean isDraining() {
        return goodbye.isDraining();
    }

    /** Whether the peer's first SETTINGS have come. */
    public boolean hasPeerSettings() {
        return peerSettings;
    }

    /** Why streams were lost, or will be. */
    public String lossReason() {
        return goodbye.reason();
    }

    /** Lets streams that are under way finish, has new ones refused, then closes. */
    public void drain() {
        if (!isDraining() && isAlive()) {
            goodbye.say("");
            goodbye.closeIfDone();
            owner.changed(this);
        }
    }

    /** Closes at once; streams under way are lost. */
    public void close(String reason) {
        goodbye.because(reason);
        if (isAlive()) {
            goodbye.say(reason);
            context().close();
        }
    }

    /** Whether no stream is under way, and none was made that will be. */
    boolean isIdle() {
        return handler.connection().numActiveStreams() == 0 && reserved == 0;
    }

    SessionOwner owner() {
        return owner;
    }

    SessionOutput output() {
        return output;
    }

    Heartbeat heartbeat() {
        return heartbeat;
    }

    SkippedIds skipped() {
        return skipped;
    }

    boolean isServer() {
        return handler.connection().isServer();
    }

    ChannelHandlerContext context() {
        return Objects.requireNonNull(ctx, "not on a connection");
    }

    Channel connectionChannel() {
        return context().channel();
    }

    SessionHandler handler() {
        return handler;
    }

    /** A stream that was made has begun, or never will. */
    void release() {
        reserved--;
        goodbye.closeIfDone();
    }

    @Nullable SessionStream stream(@Nullable Http2Stream of) {
        return of == null ? null : of.getProperty(key);
    }

    Http2Connection connection() {
        return handler.connection();
    }

    /** The peer has opened a stream; null if it is one too many. */
    @Nullable SessionStream accept(Http2Stream created) {
        SessionStream stream = new SessionStream(this, false);
        stream.started(created);
        skipped.used(created.id());
        if (handler.connection().remote().numActiveStreams() > settings.maxStreams() || !receiveWindows.hasRoom()) {
            // Netty looks after the limit once the client has acknowledged it.
            stream.refuse();
            return null;
        }
        receiveWindows.opened();
        StreamChannel channel = new StreamChannel(connectionChannel(), stream);
        created.setProperty(key, stream);
        stream.bind(channel);
        connectionChannel().eventLoop().register(channel).addListener(registered -> owner.opened(stream, channel));
        return stream;
    }

    /** The peer has refused a stream of ours: it takes no more than the others, until it says more. */
    void refusedByPeer() {
        taken = Math.min(taken, handler.connection().local().numActiveStreams() - 1);
        if (taken == 0) {
            drain();
        }
    }

    void peerSettingsCame() {
        peerSettings = true;
        taken = Integer.MAX_VALUE;
        owner.changed(this);
    }

    void goAwayReceived() {
        goodbye.drain();
        owner.changed(this);
    }

    void streamClosed(Http2Stream closed) {
        SessionStream stream = stream(closed);
        if (stream == null) {
            return;
        }
        Http2Connection connection = handler.connection();
        boolean unseen = connection.goAwayReceived()
                && connection.local().created(closed)
                && closed.id() > connection.local().lastStreamKnownByPeer();
        if (unseen) {
            stream.refusedBy("the peer goes away");
        } else if (isAlive()) {
            stream.finished();
        } else {
            stream.lost(new IOException(lossReason()));
        }
    }

    void streamGone() {
        heartbeat.idleFrom(handler.connection().numActiveStreams());
        goodbye.closeIfDone();
        owner.changed(this);
    }

    void added(ChannelHandlerContext context) {
        ctx = context;
    }

    void started() throws Http2Exception {
        receiveWindows.open(handler.connection());
        heartbeat.start(context());
    }

    Goodbye goodbye() {
        return goodbye;
    }

    /** The connection is gone. */
    void lost() {
        goodbye.drain();
        heartbeat.stop();
    }

    void ping(long payload) {
        handler.encoder().writePing(context(), false, payload, context().newPromise());
        output.flushSoon();
    }
}
