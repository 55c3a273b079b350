package io.hopline.http2;

import static org.assertj.core.api.Assertions.assertThat;

import io.hopline.testkit.Wire;
import io.hopline.testkit.stream.Rooms;
import io.hopline.testkit.stream.StreamPeer;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http2.DefaultHttp2Headers;
import io.netty.handler.codec.http2.DefaultHttp2HeadersDecoder;
import io.netty.handler.codec.http2.DefaultHttp2HeadersEncoder;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2Headers;
import java.io.IOException;
import java.nio.ByteBuffer;

/** One end of an HTTP/2 connection that is played frame by frame, and by no rules (RFC 9113 section 6). */
final class Peer implements StreamPeer {

    static final int DATA = 0;
    static final int HEADERS = 1;
    static final int PRIORITY = 2;
    static final int RST_STREAM = 3;
    static final int SETTINGS = 4;
    static final int PING = 6;
    static final int GOAWAY = 7;
    static final int WINDOW_UPDATE = 8;
    static final int CONTINUATION = 9;

    static final int END_STREAM = 1;
    static final int ACK = 1;
    static final int END_HEADERS = 4;

    static final int INITIAL_WINDOW = 4;

    private static final int DEFAULT_WINDOW = 65_535;
    private static final int CANCEL = 8;
    private static final int UNKNOWN = 0x42;

    private final Wire wire;
    private final Rooms rooms = new Rooms();
    private int initialWindow = DEFAULT_WINDOW;
    private final DefaultHttp2HeadersEncoder hpackOut = new DefaultHttp2HeadersEncoder();
    private final DefaultHttp2HeadersDecoder hpackIn = new DefaultHttp2HeadersDecoder(false);

    private Peer(Wire wire) {
        this.wire = wire;
    }

    /** A client that has said hello, with an empty SETTINGS. */
    static Peer client(Wire wire) throws IOException {
        wire.write("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n");
        return new Peer(wire).send(SETTINGS, 0, 0);
    }

    /** A server that has said hello, and has heard its client's. */
    static Peer server(Wire wire, int... settings) throws IOException {
        wire.expect("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n");
        return new Peer(wire).settings(settings);
    }

    Peer settings(int... idsAndValues) throws IOException {
        ByteBuffer payload = ByteBuffer.allocate(idsAndValues.length * 3);
        for (int i = 0; i < idsAndValues.length; i += 2) {
            payload.putShort((short) idsAndValues[i]).putInt(idsAndValues[i + 1]);
        }
        return send(SETTINGS, 0, 0, payload.array());
    }

    Peer send(int type, int flags, int id, byte... payload) throws IOException {
        ByteBuffer frame = ByteBuffer.allocate(9 + payload.length);
        frame.put((byte) (payload.length >> 16)).putShort((short) payload.length);
        frame.put((byte) type).put((byte) flags).putInt(id).put(payload);
        wire.write(frame.array());
        return this;
    }

    Peer headers(int id, boolean end, String... fields) throws Exception {
        return send(HEADERS, END_HEADERS | (end ? END_STREAM : 0), id, block(id, fields));
    }

    byte[] block(int id, String... fields) throws Http2Exception {
        Http2Headers headers = new DefaultHttp2Headers(false);
        for (int i = 0; i < fields.length; i += 2) {
            headers.add(fields[i], fields[i + 1]);
        }
        ByteBuf block = Unpooled.buffer();
        hpackOut.encodeHeaders(id, headers, block);
        return ByteBufUtil.getBytes(block);
    }

    Peer request(int id, String method, String path, boolean end, String... more) throws Exception {
        String[] fields = new String[8 + more.length];
        String[] head = {":method", method, ":scheme", "http", ":authority", "origin.example", ":path", path};
        System.arraycopy(head, 0, fields, 0, head.length);
        System.arraycopy(more, 0, fields, head.length, more.length);
        return headers(id, end, fields);
    }

    void get(int id, String path) throws Exception {
        request(id, "GET", path, true);
    }

    @Override
    public void request(int id, String method, String path, boolean last) throws Exception {
        request(id, method, path, last, new String[0]);
    }

    @Override
    public void connect(int id) throws Exception {
        headers(id, false, ":method", "CONNECT", ":authority", "origin.example:80");
    }

    @Override
    public int grant() throws Exception {
        int id = next(HEADERS).id();
        headers(id, false, ":status", "200");
        return id;
    }

    @Override
    public void data(int id, boolean end, byte... bytes) throws IOException {
        send(DATA, end ? END_STREAM : 0, id, bytes);
        rooms.sent(id, bytes.length);
    }

    @Override
    public void reset(int id) throws IOException {
        number(RST_STREAM, id, CANCEL);
    }

    @Override
    public void ping() throws IOException {
        send(PING, 0, 0, new byte[8]);
    }

    @Override
    public void credit(int id, int bytes) throws IOException {
        number(WINDOW_UPDATE, id, bytes);
    }

    @Override
    public void initialWindow(int bytes) throws IOException {
        settings(INITIAL_WINDOW, bytes);
    }

    @Override
    public void unknown(int bytes) throws IOException {
        send(UNKNOWN, 0, 0, new byte[bytes]);
    }

    @Override
    public void mostSettings() throws IOException {
        ByteBuffer start = ByteBuffer.allocate(9 + 6 * 1_000);
        start.putInt(((6 * MOST_SETTINGS) << 8) | SETTINGS);
        wire.write(start.array());
    }

    @Override
    public long room(int id) {
        return rooms.left(id, id == 0 ? DEFAULT_WINDOW : initialWindow);
    }

    /** The second PING is read after all that the first one came along with was handed on. */
    @Override
    public void settle() throws IOException {
        for (int i = 0; i < 2; i++) {
            ping();
            next(PING);
        }
    }

    Peer number(int type, int id, int value) throws IOException {
        return send(type, 0, id, ByteBuffer.allocate(4).putInt(value).array());
    }

    private Frame next() throws IOException {
        Frame frame = Frame.read(wire);
        if (frame.type() == WINDOW_UPDATE) {
            rooms.widened(frame.id(), frame.code());
        } else if (frame.type() == SETTINGS && frame.flags() != ACK) {
            acknowledge();
            for (int at = 0; at < frame.payload().remaining(); at += 6) {
                initialWindow = frame.payload().getShort(at) == INITIAL_WINDOW
                        ? frame.payload().getInt(at + 2)
                        : initialWindow;
            }
        }
        return frame;
    }

    private void acknowledge() {
        try {
            send(SETTINGS, ACK, 0);
        } catch (IOException e) {
            // What else there is to read is there still.
        }
    }

    /** The next frame of that type; everything else on the way is dropped. */
    Frame next(int type) throws IOException {
        while (true) {
            Frame frame = next();
            if (frame.type() == type) {
                return frame;
            }
            assertThat(frame.type())
                    .as("a frame before the one of type %d: %s", type, frame.text())
                    .isNotEqualTo(GOAWAY);
        }
    }

    Http2Headers fields(Frame headers) throws Http2Exception {
        return hpackIn.decodeHeaders(headers.id(), Unpooled.wrappedBuffer(headers.payload()));
    }

    Http2Headers expectHead(int id, String status) throws Exception {
        Frame head = next(HEADERS);
        assertThat(head.id()).isEqualTo(id);
        Http2Headers fields = fields(head);
        assertThat(fields.status()).hasToString(status);
        return fields;
    }

    /** All data up to the end of the stream. */
    @Override
    public String body(int id) throws IOException {
        StringBuilder body = new StringBuilder();
        Frame frame;
        do {
            frame = next(DATA);
            assertThat(frame.id()).isEqualTo(id);
            body.append(frame.text());
        } while (!frame.ends());
        return body.toString();
    }

    @Override
    public void expectStatus(int id, String status) throws Exception {
        expectHead(id, status);
    }

    @Override
    public void expectReset(int id, Fault fault) throws IOException {
        Frame reset = next(RST_STREAM);
        assertThat(reset.id()).isEqualTo(id);
        assertThat(Http2Error.valueOf(reset.code())).isEqualTo(Codes.of(fault));
    }

    @Override
    public void expectEnd(Fault fault) throws IOException {
        assertThat(Http2Error.valueOf(next(GOAWAY).code())).isEqualTo(Codes.of(fault));
        wire.readToEnd();
    }

    @Override
    public Wire wire() {
        return wire;
    }

    @Override
    public void close() throws IOException {
        wire.close();
    }
}
