package io.hopline.spdy.session;

import io.hopline.api.handshake.Farewell;
import io.hopline.api.stream.ClientSession;
import io.hopline.api.stream.StreamChannel;
import io.hopline.api.stream.Unfinished;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.spdy.DefaultSpdyGoAwayFrame;
import io.netty.handler.codec.spdy.DefaultSpdySettingsFrame;
import io.netty.handler.codec.spdy.SpdyFrame;
import io.netty.handler.codec.spdy.SpdySettingsFrame;
import io.netty.handler.codec.spdy.SpdyStreamStatus;
import io.netty.util.ReferenceCountUtil;

/** A SPDY session on a channel of bytes: opens and accepts streams, and ends with the channel or with a GOAWAY. */
public final class SpdySession implements ClientSession {

    private final Channel channel;
    private final SessionSettings settings;
    private final SessionOwner owner;
    private final boolean server;
    private final Streams streams;
    private final ReceiveBudget budget;
    private final FrameCodec codec;
    private final ChannelHandlerContext ctx;
    private final Outgoing outgoing;
    private final Incoming incoming;
    private final SessionClock clock;
    private int peerTakes = Integer.MAX_VALUE;
    private boolean toldGoAway;
    private boolean draining;
    private boolean over;

    private SpdySession(
            Channel channel, Version version, boolean server, SessionSettings settings, SessionOwner owner) {
        this.channel = channel;
        this.settings = settings;
        this.owner = owner;
        this.server = server;
        streams = new Streams(server);
        budget = new ReceiveBudget(settings.sessionWindow(), version.hasSessionWindow());
        Unfinished unfinished = new Unfinished(Frames.SPDY, 0);
        codec = new FrameCodec(settings.maxHeaderSize(), server ? unfinished::read : bytes -> {});
        SessionHandler handler = new SessionHandler(this);
        channel.pipeline().addLast(codec, handler);
        ctx = channel.pipeline().context(handler);
        outgoing = new Outgoing(ctx, streams, server, version.hasSessionWindow());
        incoming = new Incoming(this, streams, outgoing, budget, version, server);
        clock = new SessionClock(this, streams, outgoing, server ? unfinished : null, settings, channel.eventLoop());
    }

    /** Serves the streams that a client opens on the channel, whose auto-read is off; on its loop. */
    public static SpdySession serve(Channel channel, Version version, SessionSettings settings, SessionOwner owner) {
        return new SpdySession(channel, version, true, settings, owner).start();
    }

    /** Opens streams to a server on the channel, whose auto-read is off; on its loop. */
    public static SpdySession connect(Channel channel, Version version, SessionSettings settings, SessionOwner owner) {
        return new SpdySession(channel, version, false, settings, owner).start();
    }

    private SpdySession start() {
        if (server) {
            outgoing.control(new DefaultSpdySettingsFrame()
                    .setValue(SpdySettingsFrame.SETTINGS_MAX_CONCURRENT_STREAMS, settings.maxStreams()));
        }
        if (budget.firstCredit() > 0) {
            outgoing.grant(0, budget.firstCredit());
        }
        channel.config().setAutoRead(true);
        return this;
    }

    @Override
    public boolean hasRoom() {
        return isUsable() && streams.count() < peerTakes && takesStream();
    }

    @Override
    public boolean isUsable() {
        return !draining && !over && !streams.idsUsedUp();
    }

    @Override
    public SpdyStream open() {
        SpdyStream stream = newStream(0);
        streams.addUnsent(stream);
        return stream;
    }

    /** Takes no new streams, tells the peer, and ends when those under way have ended. */
    public void goAway() {
        if (!over) {
            draining = true;
            tellGoAway(SessionError.OK);
            finishIfDone();
        }
    }

    boolean isServer() {
        return server;
    }

    SessionOwner owner() {
        return owner;
    }

    boolean takesStream() {
        return !draining && budget.windows() < settings.maxStreams();
    }

    void accept(int id, StreamHead head) {
        SpdyStream stream = newStream(id);
        streams.add(id, stream);
        StreamChannel opened = new StreamChannel(channel, stream);
        stream.bind(opened);
        channel.eventLoop().register(opened);
        stream.begins();
        stream.arrive(head);
        owner.opened(opened);
    }

    private SpdyStream newStream(int id) {
        return new SpdyStream(this, id, new ReceiveWindow(budget, settings.maxWindow()), outgoing.newWindow());
    }

    void peerTakes(int limit) {
        peerTakes = limit;
        owner.changed();
    }

    void peerGoesAway(int lastGoodId) {
        draining = true;
        streams.snapshot().stream()
                .filter(stream -> !server && (stream.id() == 0 || stream.id() > lastGoodId))
                .forEach(stream -> stream.breakOff(StreamResetException.notTaken()));
        owner.changed();
        finishIfDone();
    }

    /** The server has refused a stream: it takes no more than the others, for all we know. */
    void refusedByPeer() {
        peerTakes = Math.min(peerTakes, streams.count() - 1);
        if (peerTakes == 0) {
            goAway();
        }
    }

    Channel connection() {
        return channel;
    }

    Outgoing outgoing() {
        return outgoing;
    }

    /** Our side has no use for the stream any more. */
    void cancel(SpdyStream stream) {
        if (!over && stream.id() != 0) {
            outgoing.reset(stream.id(), SpdyStreamStatus.CANCEL);
        }
    }

    /** Our side gives the stream up. */
    void abort(SpdyStream stream, SpdyStreamStatus status, String why) {
        outgoing.reset(stream.id(), status);
        stream.breakOff(StreamResetException.broken(why));
    }

    void forget(SpdyStream stream) {
        streams.remove(stream);
        if (!over) {
            owner.changed();
            finishIfDone();
        }
    }

    private void finishIfDone() {
        if (draining && streams.count() == 0) {
            end(SessionError.OK, "done");
        }
    }

    /** Ends the session and every stream of it; what came in full is handed on, though no end of a read is told of any more. */
    void end(SessionError error, String why) {
        end(error, why, false);
    }

    void end(SessionError error, String why, boolean inputEnded) {
        if (!over) {
            tellGoAway(error);
            outgoing.stop(codec);
            breakOff(why);
            Farewell.inFrontOf(ctx, Farewell.PATIENCE, inputEnded);
            ctx.executor().execute(streams::deliver);
        }
    }

    /** Something came on the stream, which is handed on when all that the connection has for now was read. */
    void arrived(SpdyStream stream) {
        streams.arrived(stream);
    }

    private void tellGoAway(SessionError error) {
        if (!toldGoAway || error != SessionError.OK) {
            toldGoAway = true;
            outgoing.control(new DefaultSpdyGoAwayFrame(streams.lastOfPeer(), error.status()));
        }
    }

    private void breakOff(String why) {
        if (!over) {
            over = true;
            clock.stop();
            streams.snapshot().forEach(stream -> stream.breakOff(StreamResetException.ended(why)));
            owner.ended(why);
        }
    }

    void frame(Object frame) {
        if (over || !(frame instanceof SpdyFrame)) {
            // No frame is what the codec had a part of when it left.
            ReferenceCountUtil.release(frame);
        } else {
            clock.read();
            outgoing.readBegan();
            incoming.frame(frame);
        }
    }

    void readEnded() {
        streams.deliver();
        outgoing.readEnded();
    }

    /** The channel beneath is of no use any more. */
    void lost(String why) {
        breakOff(why);
        channel.close();
    }

    void peerIsTooOld(UnsupportedVersionException other) {
        if (!over) {
            toldGoAway = true;
            FrameCodec.writeOldGoAway(ctx, other.version());
            end(SessionError.OK, String.valueOf(other.getMessage()));
        }
    }
}
