package io.hopline.spdy;

import static org.assertj.core.api.Assertions.assertThat;

import io.hopline.testkit.Wire;
import io.hopline.testkit.stream.Rooms;
import io.hopline.testkit.stream.StreamPeer;
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
import io.netty.handler.codec.spdy.SpdySynStreamFrame;
import io.netty.handler.codec.spdy.SpdyVersion;
import io.netty.handler.codec.spdy.SpdyWindowUpdateFrame;
import io.netty.util.ReferenceCountUtil;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** The other end of a session, played frame by frame: what it sends is bound by no rule. */
final class Peer implements StreamPeer {

    private static final int WINDOW = 64 * 1024;
    private static final int CONTROL = 0x80030000;

    private final Wire wire;
    private final int pingId;
    private final Rooms rooms = new Rooms();
    private final EmbeddedChannel codec = new EmbeddedChannel(new SpdyFrameCodec(SpdyVersion.SPDY_3_1, false));

    private Peer(Wire wire, int pingId) {
        this.wire = wire;
        this.pingId = pingId;
    }

    static Peer client(Wire wire) {
        return new Peer(wire, 1);
    }

    static Peer server(Wire wire) {
        return new Peer(wire, 2);
    }

    @Override
    public Wire wire() {
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

    @Override
    public void request(int id, String method, String path, boolean last) throws IOException {
        request(id, method, path, last, new String[0]);
    }

    @Override
    public void connect(int id) throws IOException {
        String target = "origin.example:80";
        syn(id, false, ":method", "CONNECT", ":path", target, ":version", "HTTP/1.1", ":host", target);
    }

    @Override
    public int grant() throws IOException {
        int id = next(SpdySynStreamFrame.class).streamId();
        reply(id, false, ":status", "200 OK", ":version", "HTTP/1.1");
        return id;
    }

    @Override
    public void data(int id, boolean last, byte... bytes) throws IOException {
        rooms.sent(id, bytes.length);
        DefaultSpdyDataFrame frame = new DefaultSpdyDataFrame(id, Unpooled.wrappedBuffer(bytes));
        frame.setLast(last);
        send(frame);
    }

    @Override
    public void reset(int id) throws IOException {
        send(new DefaultSpdyRstStreamFrame(id, SpdyStreamStatus.CANCEL));
    }

    @Override
    public void ping() throws IOException {
        send(new DefaultSpdyPingFrame(pingId));
    }

    @Override
    public void unknown(int bytes) throws IOException {
        wire.write(ByteBuffer.allocate(8 + bytes)
                .putInt(CONTROL | 0x42)
                .putInt(bytes)
                .array());
    }

    @Override
    public void mostSettings() throws IOException {
        ByteBuffer start = ByteBuffer.allocate(12 + 8 * 1_000);
        start.putInt(CONTROL | 4).putInt(4 + 8 * MOST_SETTINGS).putInt(MOST_SETTINGS);
        wire.write(start.array());
    }

    @Override
    public long room(int id) {
        return rooms.left(id, WINDOW);
    }

    @Override
    public void initialWindow(int size) throws IOException {
        send(new DefaultSpdySettingsFrame().setValue(SpdySettingsFrame.SETTINGS_INITIAL_WINDOW_SIZE, size));
    }

    @Override
    public void credit(int id, int bytes) throws IOException {
        send(new DefaultSpdyWindowUpdateFrame(id, bytes));
    }

    /** The second PING is read after all that the first one came along with was handed on. */
    @Override
    public void settle() throws IOException {
        for (int i = 0; i < 2; i++) {
            ping();
            next(SpdyPingFrame.class);
        }
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
        if (frame instanceof SpdyWindowUpdateFrame update) {
            rooms.widened(update.streamId(), update.deltaWindowSize());
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

    @Override
    public void expectReset(int id, Fault fault) throws IOException {
        expectReset(id, Codes.ofStream(fault));
    }

    void expectReset(int id, SpdyStreamStatus status) throws IOException {
        Object frame = next();
        while (!(frame instanceof SpdyRstStreamFrame)) {
            assertThat(frame)
                    .isInstanceOfAny(SpdyWindowUpdateFrame.class, SpdySettingsFrame.class, SpdyDataFrame.class);
            ReferenceCountUtil.release(frame);
            frame = next();
        }
        SpdyRstStreamFrame reset = (SpdyRstStreamFrame) frame;
        assertThat(reset.streamId()).isEqualTo(id);
        assertThat(reset.status()).isEqualTo(status);
    }

    @Override
    public void expectEnd(Fault fault) throws IOException {
        expectGoAway(Codes.ofSession(fault));
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

    @Override
    public void expectStatus(int id, String status) throws IOException {
        expectReply(id, status);
    }

    SpdySynReplyFrame expectReply(int id, String status) throws IOException {
        SpdySynReplyFrame reply = next(SpdySynReplyFrame.class);
        assertThat(reply.streamId()).isEqualTo(id);
        assertThat(reply.headers().getAsString(":status")).startsWith(status);
        return reply;
    }

    @Override
    public String body(int id) throws IOException {
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

    @Override
    public void close() throws IOException {
        codec.finishAndReleaseAll();
        wire.close();
    }
}
