package io.hopline.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.ConfigFactory;
import io.hopline.api.HostPort;
import io.hopline.api.Served;
import io.hopline.api.Session;
import io.hopline.api.SessionObserver;
import io.hopline.launcher.config.HoplineConfig;
import io.hopline.launcher.plugins.Plugins;
import io.hopline.testkit.Target;
import io.hopline.testkit.Wire;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http2.DefaultHttp2Headers;
import io.netty.handler.codec.http2.DefaultHttp2HeadersDecoder;
import io.netty.handler.codec.http2.DefaultHttp2HeadersEncoder;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2Headers;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a client of HTTP/2 and the operator are told when an origin does not take the WebSocket that the client asked for (RFC 8441). */
@Timeout(30)
class RefusedUpgradeTest {

    private static final int HEADERS = 1;

    private final BlockingQueue<Served> told = new LinkedBlockingQueue<>();

    @ParameterizedTest
    @CsvSource({
        "200 OK, Content-Length: 5, hello, 'it answered 200, which is no switch to websocket'",
        "200 OK, Content-Length: 5, hel, 'it answered 200, which is no switch to websocket'",
        "200 OK, Content-Length: 0, '', 'it answered 200, which is no switch to websocket'",
        "101 Switching Protocols, 'Connection: upgrade\r\nUpgrade: h2c', hello, it switches to another protocol than websocket",
        "101 Switching Protocols, 'Connection: upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=', hello, its Sec-WebSocket-Accept does not fit the key that it was sent"
    })
    void isToldAlikeByResponseAndLog(String status, String fields, String rest, String why) throws Exception {
        try (Target origin = Target.listen();
                Hopline hopline = Hopline.start(
                        HoplineConfig.of(
                                ConfigFactory.parseString(
                                        "hopline.inbounds = [ { name = h, type = http, listen = 0 } ]"),
                                Plugins.load()),
                        observer());
                Wire client = Wire.connect(HostPort.of(hopline.address("h")))) {
            ask(client, origin.address());
            try (Wire server = origin.accept()) {
                assertThat(server.readHead()).contains("upgrade: websocket");
                server.write("HTTP/1.1 " + status + "\r\n" + fields + "\r\n\r\n" + rest);

                Http2Headers response = response(client);
                assertThat(response.status()).hasToString("502");
                assertThat(response.get("proxy-status"))
                        .hasToString(
                                "hopline; error=http_upgrade_failed; details=\"target, HTTP upgrade: " + why + "\"");
                assertThat(told.poll(10, TimeUnit.SECONDS))
                        .isNotNull()
                        .satisfies(served -> assertThat(served.outcome()).isEqualTo("target, HTTP upgrade: " + why));
                server.readToEnd();
            }
        }
        assertThat(told).isEmpty();
    }

    private SessionObserver observer() {
        return new SessionObserver() {
            @Override
            public void served(Session session, Served served) {
                told.add(served);
            }
        };
    }

    private static void ask(Wire client, HostPort origin) throws IOException, Http2Exception {
        Http2Headers fields = new DefaultHttp2Headers()
                .method("CONNECT")
                .scheme("http")
                .authority(origin.toString())
                .path("/")
                .add(":protocol", "websocket");
        ByteBuf block = Unpooled.buffer();
        new DefaultHttp2HeadersEncoder().encodeHeaders(1, fields, block);
        ByteBuffer frames = ByteBuffer.allocate(18 + block.readableBytes());
        frames.put(new byte[] {0, 0, 0, 4, 0, 0, 0, 0, 0}); // SETTINGS
        frames.putShort((short) 0).put((byte) block.readableBytes()).put((byte) HEADERS);
        frames.put((byte) 4).putInt(1).put(ByteBufUtil.getBytes(block));
        client.write("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n").write(frames.array());
    }

    private static Http2Headers response(Wire client) throws IOException, Http2Exception {
        while (true) {
            ByteBuffer head = ByteBuffer.wrap(client.read(9));
            int length = head.getInt() >>> 8;
            byte[] payload = client.read(length);
            if (head.get(3) == HEADERS) {
                return new DefaultHttp2HeadersDecoder(false).decodeHeaders(1, Unpooled.wrappedBuffer(payload));
            }
        }
    }
}
