package io.hopline.spdy;

import static org.assertj.core.api.Assertions.assertThat;

import io.hopline.testkit.Wire;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.spdy.DefaultSpdyDataFrame;
import io.netty.handler.codec.spdy.DefaultSpdyPingFrame;
import io.netty.handler.codec.spdy.DefaultSpdyRstStreamFrame;
import io.netty.handler.codec.spdy.DefaultSpdySettingsFrame;
import io.netty.handler.codec.spdy.DefaultSpdySynReplyFrame;
import io.netty.handler.codec.spdy.DefaultSpdySynStreamFrame;
import io.netty.handler.codec.spdy.DefaultSpdyWindowUpdateFrame;
import io.netty.handler.codec.spdy.SpdyDataFrame;
import io.netty.handler.codec.spdy.SpdyFrameCodec;
import io.netty.handler.codec.spdy.SpdyGoAwayFrame;
import io.netty.handler.codec.spdy.SpdyHeadersFrame;
import io.netty.handler.codec.spdy.SpdyPingFrame;
import io.netty.handler.codec.spdy.SpdyRstStreamFrame;
import io.netty.handler.codec.spdy.SpdySettingsFrame;
import io.netty.handler.codec.spdy.SpdyStreamStatus;
import io.netty.handler.codec.spdy.SpdySynReplyFrame;
import io.netty.handler.codec.spdy.SpdyVersion;
import io.netty.handler.codec.spdy.SpdyWindowUpdateFrame;
import io.netty.util.ReferenceCountUtil;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** The other end of a session, played frame by frame: what it sends is bound by no rule. */
final class Peer implements AutoCloseable {

    private final Wire wire;
    private final EmbeddedChannel codec = new EmbeddedChannel(new SpdyFrameCodec(SpdyVersion.SPDY_3_1, false));

    Peer(Wire wire) {
        this.wire = wire;
    }

    Wire wire() {
        return wire;
    }

    /** Sends a frame of Netty's. */
    void send(Object frame) throws IOException {
        codec.writeOutbound(frame);
        for (ByteBuf bytes = codec.readOutbound(); bytes != null; bytes = codec.readOutbound()) {
            byte[] copy = ByteBufUtil.getBytes(bytes);
            bytes.release();
            wire.write(copy);
        }
    }

    /** Opens a stream; names and values take turns. */
    void syn(int id, boolean last, String... fields) throws IOException {
        send(with(new DefaultSpdySynStreamFrame(id, 0, (byte) 0, false), last, fields));
    }

    void reply(int id, boolean last, String... fields) throws IOException {
        send(with(new DefaultSpdySynReplyFrame(id, false), last, fields));
    }

    private static SpdyHeadersFrame with(SpdyHeadersFrame frame, boolean last, String... fields) {
        frame.setLast(last);
        for (int i = 0; i < fields.length; i += 2) {
            frame.headers().add(fields[i], fields[i + 1]);
        }
        return frame;
    }

    /** Asks for a path of http://origin.example. */
    void get(int id, String path) throws IOException {
        request(id, "GET", path, true);
    }

    void request(int id, String method, String path, boolean last, String... more) throws IOException {
        String[] head = {
            ":method", method, ":path", path, ":version", "HTTP/1.1", ":host", "origin.example", ":scheme", "http"
        };
        String[] all = new String[head.length + more.length];
        System.arraycopy(head, 0, all, 0, head.length);
        System.arraycopy(more, 0, all, head.length, more.length);
        syn(id, last, all);
    }

    void data(int id, boolean last, byte... bytes) throws IOException {
        DefaultSpdyDataFrame frame = new DefaultSpdyDataFrame(id, Unpooled.wrappedBuffer(bytes));
        frame.setLast(last);
        send(frame);
    }

    void reset(int id) throws IOException {
        send(new DefaultSpdyRstStreamFrame(id, SpdyStreamStatus.CANCEL));
    }

    void initialWindow(int size) throws IOException {
        send(new DefaultSpdySettingsFrame().setValue(SpdySettingsFrame.SETTINGS_INITIAL_WINDOW_SIZE, size));
    }

    void credit(int id, int bytes) throws IOException {
        send(new DefaultSpdyWindowUpdateFrame(id, bytes));
    }

    /** Returns when the other end, a server, has read all that was sent: it has, when it answers a PING. */
    void settle() throws IOException {
        send(new DefaultSpdyPingFrame(1));
        next(SpdyPingFrame.class);
    }

    /** The next frame; data is to be released. */
    Object next() throws IOException {
        Object frame = codec.readInbound();
        while (frame == null) {
            byte[] header = wire.read(8);
            int length = (header[5] & 0xFF) << 16 | (header[6] & 0xFF) << 8 | (header[7] & 0xFF);
            codec.writeInbound(Unpooled.wrappedBuffer(header, wire.read(length)));
            frame = codec.readInbound();
        }
        return frame;
    }

    /** The next frame of this kind; those before it that only mind windows or settings are skipped, others are not expected. */
    <T> T next(Class<T> kind) throws IOException {
        Object frame = next();
        while (!kind.isInstance(frame)) {
            assertThat(frame).isInstanceOfAny(SpdyWindowUpdateFrame.class, SpdySettingsFrame.class, kind);
            frame = next();
        }
        return kind.cast(frame);
    }

    void expectReset(int id, SpdyStreamStatus status) throws IOException {
        SpdyRstStreamFrame reset = next(SpdyRstStreamFrame.class);
        assertThat(reset.streamId()).isEqualTo(id);
        assertThat(reset.status()).isEqualTo(status);
    }

    /** The session ends next with this status, whatever is under way. */
    void expectGoAway(int status) throws IOException {
        Object frame = next();
        while (!(frame instanceof SpdyGoAwayFrame)) {
            ReferenceCountUtil.release(frame);
            frame = next();
        }
        assertThat(((SpdyGoAwayFrame) frame).status().code()).isEqualTo(status);
        wire.readToEnd();
    }

    SpdySynReplyFrame expectReply(int id, String status) throws IOException {
        SpdySynReplyFrame reply = next(SpdySynReplyFrame.class);
        assertThat(reply.streamId()).isEqualTo(id);
        assertThat(reply.headers().getAsString(":status")).startsWith(status);
        return reply;
    }

    /** The stream's data up to its FIN. */
    String body(int id) throws IOException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        boolean last = false;
        while (!last) {
            SpdyDataFrame data = next(SpdyDataFrame.class);
            assertThat(data.streamId()).isEqualTo(id);
            last = data.isLast();
            all.write(ByteBufUtil.getBytes(data.content()));
            data.release();
        }
        return all.toString(StandardCharsets.ISO_8859_1);
    }

    /** The session still works. */
    void expectAnswer(int id) throws IOException {
        get(id, "/");
        expectReply(id, "200");
        body(id);
    }

    @Override
    public void close() throws IOException {
        codec.finishAndReleaseAll();
        wire.close();
    }
}
