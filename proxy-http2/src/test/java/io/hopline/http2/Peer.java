package io.hopline.http2;

import static org.assertj.core.api.Assertions.assertThat;

import io.hopline.testkit.Wire;
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
import java.nio.charset.StandardCharsets;

/** One end of an HTTP/2 connection that is played frame by frame, and by no rules (RFC 9113 section 6). */
final class Peer implements AutoCloseable {

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

    private final Wire wire;
    private final DefaultHttp2HeadersEncoder hpackOut = new DefaultHttp2HeadersEncoder();
    private final DefaultHttp2HeadersDecoder hpackIn = new DefaultHttp2HeadersDecoder(false);

    /** A frame as it came. */
    record Frame(int type, int flags, int id, ByteBuffer payload) {

        boolean ends() {
            return (flags & END_STREAM) != 0;
        }

        int code() {
            return type == GOAWAY ? payload.getInt(4) : payload.getInt(0);
        }

        String text() {
            return StandardCharsets.US_ASCII.decode(payload.duplicate()).toString();
        }
    }

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

    Peer get(int id, String path) throws Exception {
        return request(id, "GET", path, true);
    }

    Peer data(int id, boolean end, byte... bytes) throws IOException {
        return send(DATA, end ? END_STREAM : 0, id, bytes);
    }

    Peer number(int type, int id, int value) throws IOException {
        return send(type, 0, id, ByteBuffer.allocate(4).putInt(value).array());
    }

    /** The next frame of that type; everything else on the way is dropped. */
    Frame next(int type) throws IOException {
        while (true) {
            ByteBuffer head = ByteBuffer.wrap(wire.read(9));
            int length = head.getInt(0) >>> 8;
            ByteBuffer payload = length == 0 ? ByteBuffer.allocate(0) : ByteBuffer.wrap(wire.read(length));
            Frame frame = new Frame(head.get(3), head.get(4), head.getInt(5), payload);
            if (frame.type() == type) {
                return frame;
            }
            assertThat(frame.type())
                    .as("a frame before the one of type %d", type)
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
    String body(int id) throws IOException {
        StringBuilder body = new StringBuilder();
        Frame frame;
        do {
            frame = next(DATA);
            assertThat(frame.id()).isEqualTo(id);
            body.append(frame.text());
        } while (!frame.ends());
        return body.toString();
    }

    /** The session still works. */
    void expectAnswer(int id) throws Exception {
        get(id, "/");
        expectHead(id, "200");
        body(id);
    }

    void expectReset(int id, Http2Error error) throws IOException {
        Frame reset = next(RST_STREAM);
        assertThat(reset.id()).isEqualTo(id);
        assertThat(Http2Error.valueOf(reset.code())).isEqualTo(error);
    }

    void expectGoAway(Http2Error error) throws IOException {
        assertThat(Http2Error.valueOf(next(GOAWAY).code())).isEqualTo(error);
    }

    Wire wire() {
        return wire;
    }

    @Override
    public void close() throws IOException {
        wire.close();
    }
}
