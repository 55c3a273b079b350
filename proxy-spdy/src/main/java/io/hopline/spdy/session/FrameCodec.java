package io.hopline.spdy.session;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.spdy.SpdyFrame;
import io.netty.handler.codec.spdy.SpdyFrameCodec;
import io.netty.handler.codec.spdy.SpdyProtocolException;
import io.netty.handler.codec.spdy.SpdyVersion;
import java.util.List;
import java.util.function.Consumer;

/**
 * Netty's codec of frames, but data frames are written by their parts, so that the data is not copied.
 *
 * <p>Header blocks go out uncompressed (level 0): what a compressor has seen shows in the length of what follows it, which tells
 * secrets to who can add to the same session (CRIME, CVE-2012-4929).
 */
final class FrameCodec extends SpdyFrameCodec {

    private static final int VERSION = 3;
    private static final int CONTROL = 0x8000;
    private static final int GOAWAY = 7;
    private static final int DATA_HEADER = 8;
    private static final int LARGEST_PART = 16 * 1024;
    private static final int NO_COMPRESSION = 0;
    private static final int FIN = 1 << 24;

    private final Consumer<ByteBuf> bytes;
    private boolean versionSeen;

    /** @param bytes sees all that comes */
    FrameCodec(int maxHeaderSize, Consumer<ByteBuf> bytes) {
        // Names and values are validated where they are read as HTTP: here a bad one would end the session.
        super(SpdyVersion.SPDY_3_1, LARGEST_PART, maxHeaderSize, NO_COMPRESSION, 15, 8, false);
        this.bytes = bytes;
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object msg) throws Exception {
        bytes.accept((ByteBuf) msg);
        super.channelRead(ctx, msg);
    }

    @Override
    protected void decode(ChannelHandlerContext ctx, ByteBuf in, List<Object> out) throws Exception {
        if (!versionSeen) {
            if (in.readableBytes() < 2) {
                return;
            }
            versionSeen = true;
            int first = in.getUnsignedShort(in.readerIndex());
            if (first != (CONTROL | VERSION)) {
                ctx.fireExceptionCaught(objection(first));
                in.skipBytes(in.readableBytes());
                return;
            }
        }
        super.decode(ctx, in, out);
    }

    /** No session begins with data, so what looks like that is another protocol. */
    private static Exception objection(int first) {
        return (first & CONTROL) == 0
                ? new SpdyProtocolException("the peer does not speak SPDY")
                : new UnsupportedVersionException(first & ~CONTROL);
    }

    @Override
    public void write(ChannelHandlerContext ctx, Object msg, ChannelPromise promise) throws Exception {
        if (msg instanceof SpdyFrame) {
            super.write(ctx, msg, promise);
        } else {
            ctx.write(msg, promise);
        }
    }

    /** Writes a data frame (SPDY/3 section 2.2.2); takes the data over. */
    static void writeData(ChannelHandlerContext ctx, int streamId, boolean last, ByteBuf data) {
        int length = data.readableBytes();
        ByteBuf header = ctx.alloc().ioBuffer(DATA_HEADER);
        header.writeInt(streamId).writeInt(last ? FIN | length : length);
        ctx.write(header, ctx.voidPromise());
        if (length > 0) {
            ctx.write(data, ctx.voidPromise());
        } else {
            data.release();
        }
    }

    /** Writes the end of a session to a peer of an older version, whose GOAWAY has no status (SPDY/2 section 2.7.6). */
    static void writeOldGoAway(ChannelHandlerContext ctx, int version) {
        ByteBuf frame = ctx.alloc().ioBuffer(12);
        frame.writeShort(CONTROL | version).writeShort(GOAWAY).writeInt(4).writeInt(0);
        ctx.write(frame, ctx.voidPromise());
    }
}
