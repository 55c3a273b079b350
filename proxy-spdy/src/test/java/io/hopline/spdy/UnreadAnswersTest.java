package io.hopline.spdy;

import static org.assertj.core.api.Assertions.assertThat;

import io.hopline.api.Session;
import io.hopline.api.SessionObserver;
import io.hopline.spdy.session.SessionSettings;
import io.hopline.spdy.session.Version;
import io.hopline.testkit.exchange.Answers;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.spdy.DefaultSpdySynStreamFrame;
import io.netty.handler.codec.spdy.SpdyFrameCodec;
import io.netty.handler.codec.spdy.SpdySynStreamFrame;
import io.netty.handler.codec.spdy.SpdyVersion;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A client that asks for one answer after the other, each without a body and so without need of a window, and reads none. */
class UnreadAnswersTest {

    private static final int MOST = 1 << 20;

    private final EmbeddedChannel client = new EmbeddedChannel();
    private final EmbeddedChannel codec = new EmbeddedChannel(new SpdyFrameCodec(SpdyVersion.SPDY_3_1));

    @AfterEach
    void release() {
        client.finishAndReleaseAll();
        codec.finishAndReleaseAll();
    }

    @Test
    void areNotHeldWithoutBound() {
        client.pipeline().addLast(new ChannelOutboundHandlerAdapter() {
            @Override
            public void flush(ChannelHandlerContext ctx) {
                // Nothing goes out.
            }
        });
        Duration longest = Duration.ofSeconds(20);
        SessionSettings settings =
                new SessionSettings(60, 1 << 20, 4 << 20, 16 * 1024, longest, longest, longest, longest);
        new SpdyInbound(Version.V3_1, settings, new Answers())
                .accept(
                        client,
                        Session.of("test", "test", client.remoteAddress(), client.eventLoop(), SessionObserver.NONE));
        // What waits already is as good as answers, and spares asking for the first five thousand.
        client.pipeline().firstContext().write(Unpooled.wrappedBuffer(new byte[MOST - (16 << 10)]));
        long most = 0;
        for (int i = 0; i < 600; i++) {
            ask(1 + 2 * i);
            ChannelOutboundBuffer waiting = client.unsafe().outboundBuffer();
            most = Math.max(most, waiting == null ? 0 : waiting.totalPendingWriteBytes());
        }
        assertThat(most).isBetween((long) MOST, MOST + (64L << 10));
    }

    private void ask(int id) {
        SpdySynStreamFrame head = new DefaultSpdySynStreamFrame(id, 0, (byte) 0, false);
        head.setLast(true);
        head.headers()
                .set(":method", "GET")
                .set(":path", "/status/204")
                .set(":version", "HTTP/1.1")
                .set(":host", "origin.example")
                .set(":scheme", "http");
        codec.writeOutbound(head);
        for (ByteBuf bytes = codec.readOutbound(); bytes != null; bytes = codec.readOutbound()) {
            client.writeInbound(bytes);
        }
    }
}
