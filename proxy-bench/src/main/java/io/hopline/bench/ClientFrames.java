package io.hopline.bench;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.spdy.DefaultSpdySettingsFrame;
import io.netty.handler.codec.spdy.DefaultSpdySynStreamFrame;
import io.netty.handler.codec.spdy.SpdyFrameCodec;
import io.netty.handler.codec.spdy.SpdySettingsFrame;
import io.netty.handler.codec.spdy.SpdyVersion;
import java.nio.charset.StandardCharsets;

/** What a client of a session sends. */
interface ClientFrames extends AutoCloseable {

    String TARGET = "target.example:443";

    static ClientFrames of(String protocol, ByteBufAllocator alloc) {
        return protocol.equals("h2") ? new Http2(alloc) : new Spdy(alloc);
    }

    /** The session's begin; each stream's window is the largest there is, and the session's becomes so. */
    ByteBuf hello();

    /** Asks for a tunnel on the stream. */
    ByteBuf connect(int id);

    /** So many bytes on the stream. */
    ByteBuf data(int id, int bytes);

    /** A window update. */
    ByteBuf credit(int id, int bytes);

    @Override
    default void close() {}

    /** By RFC 9113. */
    record Http2(ByteBufAllocator alloc) implements ClientFrames {

        @Override
        public ByteBuf hello() {
            ByteBuf hello = alloc.directBuffer();
            hello.writeCharSequence("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", StandardCharsets.US_ASCII);
            head(hello, 6, 4, 0, 0).writeShort(4).writeInt(Integer.MAX_VALUE);
            return head(hello, 4, 8, 0, 0).writeInt(Integer.MAX_VALUE - 65_535);
        }

        @Override
        public ByteBuf connect(int id) {
            int length = 2 + "CONNECT".length() + 2 + TARGET.length();
            ByteBuf headers = head(alloc.directBuffer(), length, 1, 4, id);
            // Literals without indexing, their names from the static table (RFC 7541 section 6.2.2).
            headers.writeByte(2).writeByte("CONNECT".length());
            headers.writeCharSequence("CONNECT", StandardCharsets.US_ASCII);
            headers.writeByte(1).writeByte(TARGET.length());
            headers.writeCharSequence(TARGET, StandardCharsets.US_ASCII);
            return headers;
        }

        @Override
        public ByteBuf data(int id, int bytes) {
            return head(alloc.directBuffer(), bytes, 0, 0, id).writeZero(bytes);
        }

        @Override
        public ByteBuf credit(int id, int bytes) {
            return head(alloc.directBuffer(), 4, 8, 0, id).writeInt(bytes);
        }

        private static ByteBuf head(ByteBuf to, int length, int type, int flags, int id) {
            return to.writeMedium(length).writeByte(type).writeByte(flags).writeInt(id);
        }
    }

    /** By SPDY/3.1. */
    final class Spdy implements ClientFrames {

        private final ByteBufAllocator alloc;
        private final EmbeddedChannel codec = new EmbeddedChannel(new SpdyFrameCodec(SpdyVersion.SPDY_3_1));

        Spdy(ByteBufAllocator alloc) {
            this.alloc = alloc;
        }

        @Override
        public ByteBuf hello() {
            return credit(
                    encoded(new DefaultSpdySettingsFrame()
                            .setValue(SpdySettingsFrame.SETTINGS_INITIAL_WINDOW_SIZE, Integer.MAX_VALUE)),
                    0,
                    Integer.MAX_VALUE - 65_536);
        }

        @Override
        public ByteBuf connect(int id) {
            DefaultSpdySynStreamFrame syn = new DefaultSpdySynStreamFrame(id, 0, (byte) 0);
            syn.headers().add(":method", "CONNECT").add(":path", TARGET).add(":version", "HTTP/1.1");
            syn.headers().add(":host", "target.example");
            return encoded(syn);
        }

        @Override
        public ByteBuf data(int id, int bytes) {
            return alloc.directBuffer().writeInt(id).writeInt(bytes).writeZero(bytes);
        }

        @Override
        public ByteBuf credit(int id, int bytes) {
            return credit(alloc.directBuffer(), id, bytes);
        }

        private static ByteBuf credit(ByteBuf to, int id, int bytes) {
            return to.writeInt(0x80030009).writeInt(8).writeInt(id).writeInt(bytes);
        }

        private ByteBuf encoded(Object frame) {
            codec.writeOutbound(frame);
            ByteBuf all = alloc.directBuffer();
            for (ByteBuf part = codec.readOutbound(); part != null; part = codec.readOutbound()) {
                all.writeBytes(part);
                part.release();
            }
            return all;
        }

        @Override
        public void close() {
            codec.finishAndReleaseAll();
        }
    }
}
