package io.hopline.connect.http1;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.hopline.api.HttpInbound;
import io.hopline.api.Session;
import io.hopline.api.SessionObserver;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.util.ReferenceCountUtil;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** How a client is read whose inbound reads on whenever a read is over. */
final class ReadingTest {

    private int reads;
    private int readsOver;

    @Test
    void waitsForTheRestOfAChunksSize() {
        EmbeddedChannel client = new EmbeddedChannel(new ChannelOutboundHandlerAdapter() {
            @Override
            public void read(ChannelHandlerContext ctx) {
                reads++;
            }
        });
        client.config().setAutoRead(false);
        HeadLimits limits = new HeadLimits(1_000, 1_000, 100, Duration.ofMinutes(1));
        Session session =
                Session.of("test", "direct", client.remoteAddress(), client.eventLoop(), new SessionObserver() {});
        Http1.serve(client, session, limits, Duration.ofMinutes(1), new ReadsOn());
        client.writeInbound(Unpooled.copiedBuffer(
                "POST http://h/ HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nab\r\n0", US_ASCII));
        assertThat(reads).isPositive();
        assertThat(readsOver).isLessThanOrEqualTo(2);
        client.finishAndReleaseAll();
    }

    private final class ReadsOn extends ChannelInboundHandlerAdapter implements HttpInbound {

        @Override
        public void accept(Channel client, Session session) {
            throw new AssertionError("nothing but HTTP comes");
        }

        @Override
        public void acceptHttp(Channel exchange, Session session, Runnable framing) {
            exchange.pipeline().addLast(this);
        }

        @Override
        public void channelRead(ChannelHandlerContext ctx, Object msg) {
            ReferenceCountUtil.release(msg);
        }

        @Override
        public void channelReadComplete(ChannelHandlerContext ctx) {
            readsOver++;
            ctx.channel().read();
        }
    }
}
