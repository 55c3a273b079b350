package io.hopline.spdy;

import static org.assertj.core.api.Assertions.assertThat;

import io.hopline.api.DialException;
import io.hopline.api.Step;
import io.hopline.testkit.Loops;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.DefaultHttpRequest;
import io.netty.handler.codec.http.DefaultLastHttpContent;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.codec.spdy.DefaultSpdyGoAwayFrame;
import io.netty.handler.codec.spdy.DefaultSpdyRstStreamFrame;
import io.netty.handler.codec.spdy.SpdyDataFrame;
import io.netty.handler.codec.spdy.SpdySessionStatus;
import io.netty.handler.codec.spdy.SpdyStreamStatus;
import io.netty.handler.codec.spdy.SpdySynStreamFrame;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.Future;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests through a SPDY hop without a tunnel. */
class SpdyExchangeTest extends SpdyHopTestBase {

    @Test
    void forwardsARequestAndReadsTheResponse() throws Exception {
        BlockingQueue<Object> read = new LinkedBlockingQueue<>();
        Channel exchange = exchange(read);
        exchange.writeAndFlush(
                new DefaultFullHttpRequest(HttpVersion.HTTP_1_1, HttpMethod.GET, "http://origin.example:81/a?b"));
        Peer peer = accept();
        SpdySynStreamFrame syn = peer.next(SpdySynStreamFrame.class);
        assertThat(syn.isLast()).isTrue();
        assertThat(syn.headers().getAsString(":host")).isEqualTo("origin.example:81");
        assertThat(syn.headers().getAsString(":path")).isEqualTo("/a?b");
        assertThat(syn.headers().getAsString(":scheme")).isEqualTo("http");
        peer.reply(1, false, ":status", "200 OK", ":version", "HTTP/1.1", "content-length", "2");
        peer.data(1, true, (byte) 'o', (byte) 'k');
        assertThat(((HttpResponse) take(read)).status().code()).isEqualTo(200);
        assertThat(take(read)).isEqualTo("ok");
        assertThat(((LastHttpContent) take(read)).decoderResult().isSuccess()).isTrue();
        assertThat(exchange.isActive()).as("can take another request").isFalse();
    }

    @Test
    void sendsARequestAgainThatTheServerRefused() throws Exception {
        BlockingQueue<Object> read = new LinkedBlockingQueue<>();
        exchange(read)
                .writeAndFlush(new DefaultFullHttpRequest(HttpVersion.HTTP_1_1, HttpMethod.POST, "http://origin/a"));
        refuse(accept());
        Peer other = accept();
        SpdySynStreamFrame again = other.next(SpdySynStreamFrame.class);
        assertThat(again.headers().getAsString(":path")).isEqualTo("/a");
        assertThat(again.isLast()).isTrue();
        other.reply(again.streamId(), true, ":status", "204", ":version", "HTTP/1.1");
        assertThat(((HttpResponse) take(read)).status().code()).isEqualTo(204);
        assertThat(((LastHttpContent) take(read)).decoderResult().isSuccess()).isTrue();
    }

    @Test
    void sendsARequestAgainWhenTheServerGoesAwayBeforeItTookIt() throws Exception {
        BlockingQueue<Object> read = new LinkedBlockingQueue<>();
        Channel exchange = exchange(read);
        exchange.writeAndFlush(new DefaultHttpRequest(HttpVersion.HTTP_1_1, HttpMethod.POST, "http://origin/a"));
        Peer leaving = accept();
        leaving.next(SpdySynStreamFrame.class);
        leaving.send(new DefaultSpdyGoAwayFrame(0, SpdySessionStatus.OK));
        Peer other = accept();
        assertThat(other.next(SpdySynStreamFrame.class).isLast()).isFalse();
        exchange.write(new DefaultHttpContent(Unpooled.copiedBuffer("body", StandardCharsets.US_ASCII)));
        exchange.writeAndFlush(new DefaultLastHttpContent());
        assertThat(other.body(1)).isEqualTo("body");
    }

    @Test
    void sendsNoRequestAgainOfWhichTheBodyIsGone() throws Exception {
        BlockingQueue<Object> read = new LinkedBlockingQueue<>();
        Channel exchange = exchange(read);
        exchange.write(new DefaultHttpRequest(HttpVersion.HTTP_1_1, HttpMethod.POST, "http://origin/a"));
        exchange.writeAndFlush(new DefaultHttpContent(Unpooled.copiedBuffer("body", StandardCharsets.US_ASCII)));
        Peer peer = accept();
        peer.next(SpdySynStreamFrame.class);
        peer.next(SpdyDataFrame.class).release();
        peer.send(new DefaultSpdyRstStreamFrame(1, SpdyStreamStatus.REFUSED_STREAM));
        assertThat(take(read)).isInstanceOfSatisfying(DialException.class, failure -> {
            assertThat(failure.reason()).isEqualTo(DialException.Reason.REFUSED);
            assertThat(failure.step()).isEqualTo(Step.RESPONSE);
        });
    }

    @Test
    void sendsNoRequestAgainThatWasAnswered() throws Exception {
        BlockingQueue<Object> read = new LinkedBlockingQueue<>();
        exchange(read)
                .writeAndFlush(new DefaultFullHttpRequest(HttpVersion.HTTP_1_1, HttpMethod.GET, "http://origin/a"));
        Peer peer = accept();
        peer.next(SpdySynStreamFrame.class);
        peer.reply(1, false, ":status", "200", ":version", "HTTP/1.1");
        assertThat(take(read)).isInstanceOf(HttpResponse.class);
        peer.send(new DefaultSpdyRstStreamFrame(1, SpdyStreamStatus.REFUSED_STREAM));
        assertThat(((LastHttpContent) take(read)).decoderResult().isFailure()).isTrue();
    }

    @Test
    void tellsThatAResponseWasCutShort() throws Exception {
        BlockingQueue<Object> read = new LinkedBlockingQueue<>();
        Channel exchange = exchange(read);
        exchange.writeAndFlush(
                new DefaultFullHttpRequest(HttpVersion.HTTP_1_1, HttpMethod.GET, "http://origin.example/"));
        Peer peer = accept();
        peer.next(SpdySynStreamFrame.class);
        peer.reply(1, false, ":status", "200 OK", ":version", "HTTP/1.1");
        assertThat(take(read)).isInstanceOf(HttpResponse.class);
        peer.reset(1);
        assertThat(((LastHttpContent) take(read)).decoderResult().isFailure()).isTrue();
    }

    /** An open stream counts towards its session and its user, and nobody else is going to close it. */
    @Test
    void closesAStreamThatEndsBeforeItsFinalHead() throws Exception {
        BlockingQueue<Object> read = new LinkedBlockingQueue<>();
        Channel exchange = exchange(read);
        exchange.writeAndFlush(new DefaultFullHttpRequest(HttpVersion.HTTP_1_1, HttpMethod.GET, "http://origin/"));
        Peer peer = accept();
        peer.next(SpdySynStreamFrame.class);
        peer.reply(1, true, ":status", "100", ":version", "HTTP/1.1");
        assertThat(((HttpResponse) take(read)).status().code()).isEqualTo(100);
        assertThat(take(read)).isInstanceOf(DialException.class);
        assertThat(exchange.isActive()).isFalse();
    }

    /** 101 is none here: nobody asks for another protocol on a stream, nor can a server change to one unasked (RFC 9110 section 7.8). */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "101",
                "101 Switching Protocols",
                "099",
                "600",
                "+20",
                "20",
                "2000",
                "200OK",
                "200 O\u0001K",
                "200 O\u007fK",
                "\uff12\uff10\uff10"
            })
    void refusesAStatusThatIsNone(String status) throws Exception {
        assertThat(failureOf(HttpMethod.GET, ":status", status).reason()).isEqualTo(DialException.Reason.PROTOCOL);
    }

    /** Also where no body follows: the client would be told two lengths. */
    @Test
    void refusesTwoLengthsOfWhatHasNoBody() throws Exception {
        assertThat(failureOf(HttpMethod.HEAD, ":status", "200", "content-length", "1\0" + "2")
                        .reason())
                .isEqualTo(DialException.Reason.PROTOCOL);
    }

    private DialException failureOf(HttpMethod method, String... fields) throws Exception {
        BlockingQueue<Object> read = new LinkedBlockingQueue<>();
        exchange(read)
                .writeAndFlush(new DefaultFullHttpRequest(HttpVersion.HTTP_1_1, method, "http://origin.example/"));
        Peer peer = accept();
        peer.next(SpdySynStreamFrame.class);
        String[] all = Arrays.copyOf(fields, fields.length + 2);
        all[fields.length] = ":version";
        all[fields.length + 1] = "HTTP/1.1";
        peer.reply(1, true, all);
        Object first = take(read);
        assertThat(first).isInstanceOf(DialException.class);
        return (DialException) first;
    }

    @Test
    void takesAResetBehindFinForNoError() throws Exception {
        BlockingQueue<Object> read = new LinkedBlockingQueue<>();
        Channel exchange = exchange(read);
        exchange.writeAndFlush(new DefaultHttpRequest(HttpVersion.HTTP_1_1, HttpMethod.POST, "http://origin.example/"));
        Peer peer = accept();
        peer.next(SpdySynStreamFrame.class);
        peer.reply(1, true, ":status", "403", ":version", "HTTP/1.1");
        peer.reset(1);
        assertThat(((HttpResponse) take(read)).status().code()).isEqualTo(403);
        assertThat(((LastHttpContent) take(read)).decoderResult().isSuccess()).isTrue();
        exchange.close();
    }

    private Channel exchange(BlockingQueue<Object> read) throws Exception {
        Future<Channel> dialed = Loops.on(session.loop(), () -> outbound.dialHttp(TARGET, session));
        Channel exchange = Loops.get(dialed);
        exchange.pipeline().addLast(new ChannelInboundHandlerAdapter() {
            @Override
            public void channelRead(ChannelHandlerContext ctx, Object msg) {
                boolean body = msg instanceof HttpContent && !(msg instanceof LastHttpContent);
                read.add(body ? ((HttpContent) msg).content().toString(StandardCharsets.US_ASCII) : msg);
                ReferenceCountUtil.release(msg);
            }

            @Override
            public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
                read.add(cause);
            }
        });
        exchange.config().setAutoRead(true);
        return exchange;
    }

    private static Object take(BlockingQueue<Object> read) throws InterruptedException {
        Object next = read.poll(10, TimeUnit.SECONDS);
        assertThat(next).as("the next message").isNotNull();
        return next;
    }
}
