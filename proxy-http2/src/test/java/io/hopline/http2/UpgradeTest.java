package io.hopline.http2;

import static org.assertj.core.api.Assertions.assertThat;

import io.hopline.api.HttpFraming;
import io.hopline.api.HttpInbound;
import io.hopline.api.Session;
import io.hopline.testkit.Loops;
import io.hopline.testkit.RecordingObserver;
import io.hopline.testkit.TestListener;
import io.hopline.testkit.Wire;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.DefaultHttpResponse;
import io.netty.handler.codec.http.EmptyHttpHeaders;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.websocketx.WebSocketServerHandshaker13;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Extended CONNECT towards an origin of HTTP/1.1 (RFC 8441 section 5): nothing but the switch that was asked for opens the stream. */
@Timeout(30)
class UpgradeTest {

    @RegisterExtension
    static final Loops LOOPS = new Loops();

    private final BlockingQueue<Optional<String>> objections = new LinkedBlockingQueue<>();

    @Test
    void opensTheStreamForASwitch() throws Exception {
        Peer client = asks(Origin::accepting);
        assertThat(client.expectHead(1, "200").contains("sec-websocket-accept")).isFalse();
        assertThat(objections.take()).isEmpty();
    }

    @Test
    void objectsToASuccessThatIsNoSwitch() throws Exception {
        Peer client = asks(request -> new DefaultHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.OK));
        assertThat(objections.take()).contains("it answered 200, which is no switch to websocket");
        expectNothing(client);
    }

    @Test
    void objectsToAWholeSuccess() throws Exception {
        Peer client = asks(request -> new DefaultFullHttpResponse(
                HttpVersion.HTTP_1_1,
                HttpResponseStatus.CREATED,
                Unpooled.copiedBuffer("secret", StandardCharsets.US_ASCII)));
        assertThat(objections.take()).contains("it answered 201, which is no switch to websocket");
        expectNothing(client);
    }

    @ParameterizedTest
    @CsvSource({
        "upgrade, h2c, it switches to another protocol than websocket",
        "sec-websocket-accept, s3pPLMBiTxaQ9kYGzzhZRbK+xOo=, its Sec-WebSocket-Accept does not fit the key that it was sent"
    })
    void objectsToASwitchThatAnswersSomethingElse(String field, String value, String why) throws Exception {
        Peer client = asks(request -> {
            HttpResponse response = Origin.accepting(request);
            response.headers().set(field, value);
            return response;
        });
        assertThat(objections.take()).contains(why);
        expectNothing(client);
    }

    /** What was objected to was written all the same. */
    private static void expectNothing(Peer client) throws Exception {
        Frame frame = Frame.read(client.wire());
        while (frame.id() != 1) {
            frame = Frame.read(client.wire());
        }
        assertThat(frame.type()).isEqualTo(Peer.RST_STREAM);
    }

    @Test
    void passesARefusalOn() throws Exception {
        Peer client = asks(request -> new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.FORBIDDEN));
        client.expectHead(1, "403");
        assertThat(objections.take()).isEmpty();
    }

    /** Netty's reading of RFC 6455. */
    private static final class Origin extends WebSocketServerHandshaker13 {

        Origin() {
            super("ws://origin.example/", null, false, 1024);
        }

        static HttpResponse accepting(HttpRequest request) {
            return new Origin().newHandshakeResponse((FullHttpRequest) request, EmptyHttpHeaders.INSTANCE);
        }
    }

    /** A client that has asked for a WebSocket where requests are answered like this, with a body behind. */
    private Peer asks(Function<HttpRequest, HttpResponse> answer) throws Exception {
        HttpInbound next = new HttpInbound() {
            @Override
            public void accept(Channel client, Session session) {
                throw new AssertionError("served as a connection");
            }

            @Override
            public void acceptHttp(Channel exchange, Session session, HttpFraming framing) {
                exchange.pipeline().addLast(new ChannelInboundHandlerAdapter() {
                    @Override
                    public void channelRead(ChannelHandlerContext ctx, Object msg) {
                        HttpResponse response = answer.apply((HttpRequest) msg);
                        objections.add(framing.objection(response));
                        ctx.writeAndFlush(response);
                        ctx.writeAndFlush(
                                new DefaultHttpContent(Unpooled.copiedBuffer("body", StandardCharsets.US_ASCII)));
                    }
                });
                exchange.read();
            }
        };
        Duration longest = Duration.ofSeconds(20);
        Http2Inbound inbound = new Http2Inbound(ServerTestBase.settings(longest, longest), next);
        TestListener listener = LOOPS.closing(TestListener.bind(LOOPS, inbound, new RecordingObserver()));
        Peer client = LOOPS.closing(Peer.client(Wire.connect(listener.address())));
        client.request(1, "CONNECT", "/", false, ":protocol", "websocket");
        return client;
    }
}
