package io.hopline.http2.session;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2EventAdapter;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2Flags;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.handler.codec.http2.Http2Settings;
import io.netty.handler.codec.http2.Http2Stream;
import java.util.Objects;

/** Brings frames that Netty found valid to the streams that they are for. */
final class SessionFrames extends Http2EventAdapter {

    private final Http2Session session;
    private final FloodGuard floods = new FloodGuard();

    SessionFrames(Http2Session session) {
        this.session = session;
    }

    @Override
    public void onHeadersRead(ChannelHandlerContext ctx, int id, Http2Headers headers, int padding, boolean endOfStream)
            throws Http2Exception {
        Http2Stream of = Objects.requireNonNull(session.connection().stream(id));
        SessionStream stream = session.stream(of);
        if (stream == null) {
            if (!session.isServer()) {
                throw Http2Exception.connectionError(
                        Http2Error.PROTOCOL_ERROR, "stream %d was opened by the server, which pushes nothing here", id);
            }
            stream = session.accept(of);
        }
        if (stream != null && !stream.takesHead()) {
            throw Http2Exception.streamError(id, Http2Error.ENHANCE_YOUR_CALM, "too many header sections on a stream");
        }
        if (stream != null) {
            stream.headers(headers, endOfStream);
        }
    }

    @Override
    public void onHeadersRead(
            ChannelHandlerContext ctx,
            int id,
            Http2Headers headers,
            int dependency,
            short weight,
            boolean exclusive,
            int padding,
            boolean endOfStream)
            throws Http2Exception {
        onHeadersRead(ctx, id, headers, padding, endOfStream);
    }

    @Override
    public int onDataRead(ChannelHandlerContext ctx, int id, ByteBuf data, int padding, boolean endOfStream)
            throws Http2Exception {
        if (!data.isReadable() && !endOfStream) {
            floods.count("empty DATA");
        }
        Http2Stream of = Objects.requireNonNull(session.connection().stream(id));
        SessionStream stream = session.stream(of);
        if (stream == null
                || stream.channel().isInputEnded()
                || !stream.channel().isOpen()) {
            return data.readableBytes() + padding;
        }
        stream.bytes(data.retain(), endOfStream);
        return padding;
    }

    @Override
    public void onRstStreamRead(ChannelHandlerContext ctx, int id, long errorCode) {
        Http2Stream of = session.connection().stream(id);
        SessionStream stream = of == null ? null : session.stream(of);
        if (stream != null) {
            stream.resetByPeer(errorCode);
        }
    }

    @Override
    public void onSettingsRead(ChannelHandlerContext ctx, Http2Settings settings) throws Http2Exception {
        floods.count("SETTINGS");
        session.peerSettingsCame();
    }

    @Override
    public void onPingRead(ChannelHandlerContext ctx, long data) throws Http2Exception {
        floods.count("PING");
    }

    @Override
    public void onPingAckRead(ChannelHandlerContext ctx, long data) {
        session.heartbeat().answered();
    }

    @Override
    public void onPriorityRead(ChannelHandlerContext ctx, int id, int dependency, short weight, boolean exclusive)
            throws Http2Exception {
        floods.count("PRIORITY");
    }

    @Override
    public void onUnknownFrame(ChannelHandlerContext ctx, byte type, int id, Http2Flags flags, ByteBuf payload)
            throws Http2Exception {
        floods.count("unknown");
    }

    @Override
    public void onGoAwayReceived(int lastStreamId, long errorCode, ByteBuf debugData) {
        session.goAwayReceived();
    }

    @Override
    public void onStreamActive(Http2Stream stream) {
        session.heartbeat().idleFrom(1);
    }

    @Override
    public void onStreamClosed(Http2Stream stream) {
        session.streamClosed(stream);
    }

    @Override
    public void onStreamRemoved(Http2Stream stream) {
        session.streamGone();
    }
}
