package io.hopline.http2;

import static org.assertj.core.api.Assertions.assertThat;

import io.hopline.api.Session;
import io.hopline.api.SessionObserver;
import io.hopline.testkit.exchange.Answers;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http2.DefaultHttp2Headers;
import io.netty.handler.codec.http2.DefaultHttp2HeadersEncoder;
import io.netty.handler.codec.http2.Http2CodecUtil;
import io.netty.handler.codec.http2.Http2Headers;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A client that asks for one answer after the other, each without a body and so without need of a window, and reads none. */
class UnreadAnswersTest {

    private final EmbeddedChannel client = new EmbeddedChannel();
    private final DefaultHttp2HeadersEncoder hpack = new DefaultHttp2HeadersEncoder();

    @AfterEach
    void release() {
        client.finishAndReleaseAll();
    }

    @Test
    void areNotHeldWithoutBound() throws Exception {
        client.pipeline().addLast(new ChannelOutboundHandlerAdapter() {
            @Override
            public void flush(ChannelHandlerContext ctx) {
                // Nothing goes out.
            }
        });
        Duration longest = Duration.ofSeconds(20);
        new Http2Inbound(ServerTestBase.settings(longest, longest), new Answers())
                .accept(
                        client,
                        Session.of("test", "test", client.remoteAddress(), client.eventLoop(), SessionObserver.NONE));
        client.writeInbound(Http2CodecUtil.connectionPrefaceBuf(), frame(Peer.SETTINGS, 0, 0, Unpooled.EMPTY_BUFFER));
        long most = 0;
        for (int i = 0; i < 50_000 && client.isOpen(); i++) {
            ask(1 + 2 * i);
            ChannelOutboundBuffer waiting = client.unsafe().outboundBuffer();
            most = Math.max(most, waiting == null ? 0 : waiting.totalPendingWriteBytes());
        }
        assertThat(most).isLessThan(1L << 20);
    }

    private void ask(int id) throws Exception {
        Http2Headers head = new DefaultHttp2Headers()
                .method("GET")
                .scheme("http")
                .authority("origin.example")
                .path("/status/204");
        ByteBuf block = Unpooled.buffer();
        hpack.encodeHeaders(id, head, block);
        client.writeInbound(frame(Peer.HEADERS, Peer.END_HEADERS | Peer.END_STREAM, id, block));
    }

    private static ByteBuf frame(int type, int flags, int id, ByteBuf payload) {
        ByteBuf frame = Unpooled.buffer();
        frame.writeMedium(payload.readableBytes())
                .writeByte(type)
                .writeByte(flags)
                .writeInt(id)
                .writeBytes(payload);
        payload.release();
        return frame;
    }
}
