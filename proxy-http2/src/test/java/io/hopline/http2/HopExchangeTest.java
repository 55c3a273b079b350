package io.hopline.http2;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.hopline.api.DialException;
import io.hopline.api.HopRef;
import io.hopline.api.HostPort;
import io.hopline.api.HttpOutbound;
import io.hopline.api.Session;
import io.hopline.testkit.Dialer;
import io.hopline.testkit.Loops;
import io.hopline.testkit.RecordingObserver;
import io.hopline.testkit.Target;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.DefaultHttpRequest;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2Headers;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Plain requests on a hop's streams, with a server that is played frame by frame. */
@Timeout(30)
class HopExchangeTest {

    @RegisterExtension
    static final Loops LOOPS = new Loops();

    private final BlockingQueue<String> heard = new LinkedBlockingQueue<>();
    private Target server;
    private HttpOutbound outbound;
    private Channel exchange;
    private Peer peer;

    @BeforeEach
    void open() throws Exception {
        server = LOOPS.closing(Target.listen());
        Session session = LOOPS.session(new RecordingObserver());
        Http2Hop hop = Http2Hop.to(server.address()).withAuth("u", "p");
        outbound = (HttpOutbound) hop.over(Dialer.sockets(), HopRef.of(1, hop));
        var dialed = Loops.on(session.loop(), () -> outbound.dialHttp(new HostPort("origin.example", 80), session));
        peer = LOOPS.closing(Peer.server(server.accept()));
        exchange = Loops.get(dialed);
        LOOPS.closing(exchange::close);
        Loops.on(session.loop(), () -> exchange.pipeline().addLast(new Listening()));
    }

    @Test
    void asksInThePseudoHeaderFields() throws Exception {
        HttpRequest request = full(HttpMethod.GET, "http://origin.example:81/a?b");
        request.headers().set("Host", "origin.example:81").set("X-Field", "v").set("TE", "trailers");
        exchange.writeAndFlush(request);
        Frame head = peer.next(Peer.HEADERS);
        Http2Headers asked = peer.fields(head);
        assertThat(head.ends()).isTrue();
        assertThat(asked.method()).hasToString("GET");
        assertThat(asked.scheme()).hasToString("http");
        assertThat(asked.authority()).hasToString("origin.example:81");
        assertThat(asked.path()).hasToString("/a?b");
        assertThat(asked.get("x-field")).hasToString("v");
        assertThat(asked.get("te")).hasToString("trailers");
        assertThat(asked.get("proxy-authorization")).hasToString("Basic dTpw");
        assertThat(asked.contains("host")).isFalse();
    }

    @Test
    void handsTheResponseOnAndClosesBeforeItsEnd() throws Exception {
        int id = ask(HttpMethod.GET);
        peer.headers(id, false, ":status", "103", "link", "x");
        peer.headers(id, false, ":status", "200", "x-field", "v");
        peer.data(id, false, "body".getBytes(US_ASCII));
        peer.headers(id, true, "x-sum", "1");
        expect("103", "200 v", "body", "end 1, channel closed");
    }

    @Test
    void endsAResponseWithoutBodyAtOnce() throws Exception {
        int id = ask(HttpMethod.HEAD);
        peer.headers(id, true, ":status", "200", "content-length", "7");
        expect("200 null", "end null, channel closed");
    }

    @Test
    void aHeadThatEndsAResponseAndTellsOfABodyIsAFailure() throws Exception {
        int id = ask(HttpMethod.GET);
        peer.headers(id, true, ":status", "200", "content-length", "7");
        expect("failed PROTOCOL");
    }

    @Test
    void anEndInPlaceOfTheWholeBodyIsNoCleanEnd() throws Exception {
        int id = ask(HttpMethod.GET);
        peer.headers(id, false, ":status", "200", "content-length", "7");
        peer.data(id, true);
        expect("200 null", "broken");
    }

    @Test
    void trailersInPlaceOfTheWholeBodyAreNoCleanEnd() throws Exception {
        int id = ask(HttpMethod.GET);
        peer.headers(id, false, ":status", "200", "content-length", "7");
        peer.headers(id, true, "x-sum", "1");
        expect("200 null", "broken");
    }

    @ParameterizedTest
    @CsvSource({"200, 0", "204, 7", "304, 7"})
    void aResponseThatHasNoBodyMayTellOfOne(String status, String length) throws Exception {
        int id = ask(HttpMethod.GET);
        peer.headers(id, true, ":status", status, "content-length", length);
        expect(status + " null", "end null, channel closed");
    }

    @Test
    void aResetAmidTheBodyIsNoCleanEnd() throws Exception {
        int id = ask(HttpMethod.GET);
        peer.headers(id, false, ":status", "200");
        peer.data(id, false, (byte) 'x');
        expect("200 null", "x");
        peer.number(Peer.RST_STREAM, id, (int) Http2Error.INTERNAL_ERROR.code());
        expect("broken");
    }

    @Test
    void aLostConnectionIsNoCleanEnd() throws Exception {
        int id = ask(HttpMethod.GET);
        peer.headers(id, false, ":status", "200");
        expect("200 null");
        peer.wire().endOutput();
        expect("broken");
    }

    @Test
    void aResetBeforeTheResponseIsAFailure() throws Exception {
        int id = ask(HttpMethod.GET);
        peer.number(Peer.RST_STREAM, id, (int) Http2Error.INTERNAL_ERROR.code());
        expect("failed PROTOCOL");
    }

    @Test
    void refusesAStatusThatIsNone() throws Exception {
        int id = ask(HttpMethod.GET);
        peer.headers(id, false, ":status", "101");
        expect("failed PROTOCOL");
    }

    @Test
    void asksAgainWhatWasRefused() throws Exception {
        int id = ask(HttpMethod.GET);
        peer.number(Peer.RST_STREAM, id, (int) Http2Error.REFUSED_STREAM.code());
        Peer other = LOOPS.closing(Peer.server(server.accept()));
        Frame again = other.next(Peer.HEADERS);
        assertThat(again.ends()).isTrue();
        other.headers(again.id(), true, ":status", "204");
        expect("204 null", "end null, channel closed");
    }

    @Test
    void doesNotAskAgainOnceABodyHasBegun() throws Exception {
        exchange.write(new DefaultHttpRequest(HttpVersion.HTTP_1_1, HttpMethod.POST, "http://origin.example/"));
        exchange.writeAndFlush(new DefaultHttpContent(Unpooled.copiedBuffer("x", US_ASCII)));
        exchange.read();
        int id = peer.next(Peer.HEADERS).id();
        peer.next(Peer.DATA);
        peer.number(Peer.RST_STREAM, id, (int) Http2Error.REFUSED_STREAM.code());
        expect("failed REFUSED");
    }

    @Test
    void leavesUpgradesToTunnels() {
        assertThat(outbound.carriesUpgrades()).isFalse();
    }

    private static HttpRequest full(HttpMethod method, String uri) {
        return new DefaultFullHttpRequest(HttpVersion.HTTP_1_1, method, uri);
    }

    private int ask(HttpMethod method) throws Exception {
        exchange.writeAndFlush(full(method, "http://origin.example/"));
        exchange.config().setAutoRead(true);
        return peer.next(Peer.HEADERS).id();
    }

    private void expect(String... texts) throws InterruptedException {
        for (String text : texts) {
            assertThat(heard.poll(10, TimeUnit.SECONDS)).isEqualTo(text);
        }
    }

    /** Tells what it hears in short. */
    private final class Listening extends ChannelInboundHandlerAdapter {

        @Override
        public void channelRead(ChannelHandlerContext ctx, Object msg) {
            if (msg instanceof HttpResponse response) {
                int status = response.status().code();
                heard.add(
                        status < 200
                                ? "" + status
                                : status + " " + response.headers().get("x-field"));
                if (status < 200) {
                    return;
                }
            }
            if (msg instanceof LastHttpContent last) {
                String end = "end " + last.trailingHeaders().get("x-sum");
                String open = ctx.channel().isActive() ? ", channel open" : ", channel closed";
                heard.add(last.decoderResult().isSuccess() ? end + open : "broken");
            } else if (msg instanceof HttpContent content) {
                heard.add(content.content().toString(US_ASCII));
                content.release();
            }
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
            heard.add("failed " + ((DialException) cause).reason());
        }
    }
}
