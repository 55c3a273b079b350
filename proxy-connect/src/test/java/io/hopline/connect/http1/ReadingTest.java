package io.hopline.connect.http1;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.hopline.api.HttpFraming;
import io.hopline.api.HttpInbound;
import io.hopline.api.Session;
import io.hopline.api.SessionObserver;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.util.ReferenceCountUtil;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** When a client is read from whose bytes come piece by piece. */
final class ReadingTest {

    private int reads;
    private int readsOver;
    private int requests;
    private final EmbeddedChannel client = new EmbeddedChannel(new ChannelOutboundHandlerAdapter() {
        @Override
        public void read(ChannelHandlerContext ctx) {
            reads++;
        }
    });

    private void serve(HttpInbound inbound) {
        client.config().setAutoRead(false);
        HeadLimits limits = new HeadLimits(1_000, 1_000, 100, Duration.ofMinutes(1));
        Session session =
                Session.of("test", "direct", client.remoteAddress(), client.eventLoop(), new SessionObserver() {});
        Http1.serve(client, session, limits, Duration.ofMinutes(1), inbound);
    }

    private void say(String bytes) {
        client.writeInbound(Unpooled.copiedBuffer(bytes, US_ASCII));
    }

    @AfterEach
    void end() {
        client.finishAndReleaseAll();
    }

    @Test
    void waitsForTheRestOfAChunksSize() {
        serve(new Requests() {
            @Override
            public void channelReadComplete(ChannelHandlerContext ctx) {
                readsOver++;
                ctx.channel().read();
            }
        });
        say("POST http://h/ HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nab\r\n0");
        assertThat(reads).isPositive();
        assertThat(readsOver).isLessThanOrEqualTo(2);
    }

    @Test
    void readsOnForTheRestOfEachRequestsHead() {
        serve(new Requests());
        for (int i = 1; i <= 3; i++) {
            int before = reads;
            say("GET http://h/ HTTP/1.1\r\nHo");
            assertThat(reads).isGreaterThan(before);
            say("st: h\r\n\r\n");
            assertThat(requests).isEqualTo(i);
            client.writeOutbound(new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.NO_CONTENT));
            client.read();
        }
    }

    /** As the one before, but its first bytes came with the request before it. */
    @Test
    void readsOnForTheRestOfAHeadThatWasPipelined() {
        serve(new Requests());
        say("GET http://h/ HTTP/1.1\r\nHost: h\r\n\r\nGET http://h/ HTT");
        client.writeOutbound(new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.NO_CONTENT));
        int before = reads;
        client.read();
        assertThat(reads).isGreaterThan(before);
        say("P/1.1\r\nHost: h\r\n\r\n");
        assertThat(requests).isEqualTo(2);
    }

    @Test
    void readsNoMoreThanOnceAheadOfTheResponse() {
        serve(new Requests());
        say("GET http://h/ HTTP/1.1\r\nHost: h\r\n\r\n");
        int ahead = reads;
        say("GET http://h/ HTTP/1.1\r\n");
        say("Host: h\r\n\r\n");
        assertThat(reads).isEqualTo(ahead);
        assertThat(requests).isEqualTo(1);
    }

    private class Requests extends ChannelInboundHandlerAdapter implements HttpInbound {

        @Override
        public void accept(Channel client, Session session) {
            throw new AssertionError("nothing but HTTP comes");
        }

        @Override
        public void acceptHttp(Channel exchange, Session session, HttpFraming framing) {
            exchange.pipeline().addLast(this);
        }

        @Override
        public void channelRead(ChannelHandlerContext ctx, Object msg) {
            requests += msg instanceof HttpRequest ? 1 : 0;
            ReferenceCountUtil.release(msg);
        }
    }
}
