package io.hopline.spdy;

import static org.assertj.core.api.Assertions.assertThat;

import io.hopline.api.handshake.Farewell;
import io.hopline.api.stream.StreamChannel;
import io.hopline.spdy.session.SessionOwner;
import io.hopline.spdy.session.SessionSettings;
import io.hopline.spdy.session.SpdySession;
import io.hopline.spdy.session.Version;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.handler.codec.spdy.DefaultSpdyDataFrame;
import io.netty.handler.codec.spdy.DefaultSpdySynStreamFrame;
import io.netty.handler.codec.spdy.SpdyFrame;
import io.netty.handler.codec.spdy.SpdyFrameCodec;
import io.netty.handler.codec.spdy.SpdyVersion;
import io.netty.util.ReferenceCountUtil;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A session that is ended lets its client hear of that, whatever the client is still sending. */
class SpdyFarewellTest {

    private static final Duration LONG = Duration.ofMinutes(1);

    private final EmbeddedChannel client = new EmbeddedChannel();

    private final EmbeddedChannel codec = new EmbeddedChannel(new SpdyFrameCodec(SpdyVersion.SPDY_3_1, false));
    private final Reader reader = new Reader();

    @BeforeEach
    void begin() {
        client.freezeTime();
        SessionSettings settings = new SessionSettings(1, 1 << 20, 1 << 20, 16 * 1024, LONG, LONG, LONG, LONG);
        SpdySession.serve(client, Version.V3_1, settings, new Owner());
    }

    @AfterEach
    void close() {
        client.finishAndReleaseAll();
        codec.finishAndReleaseAll();
    }

    @Test
    void waitsForAClientThatGoesOnSending() {
        send(stream(2));
        for (int i = 0; i < 3; i++) {
            ByteBuf more = Unpooled.copiedBuffer("more", StandardCharsets.US_ASCII);
            client.writeInbound(more);
            assertThat(more.refCnt()).isZero();
            client.advanceTimeBy(Farewell.PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
            client.runPendingTasks();
            assertThat(client.isOpen()).isTrue();
        }
        client.pipeline().fireUserEventTriggered(ChannelInputShutdownEvent.INSTANCE);
        assertThat(client.isOpen()).isFalse();
    }

    @Test
    void waitsNoLongerThanForASilentOne() {
        send(stream(2));
        client.advanceTimeBy(Farewell.PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        client.runPendingTasks();
        assertThat(client.isOpen()).isFalse();
    }

    @Test
    void handsOnWhatCameInFullBeforeIt() {
        send(stream(1));
        DefaultSpdyDataFrame body = new DefaultSpdyDataFrame(1, Unpooled.copiedBuffer("x", StandardCharsets.US_ASCII));
        body.setLast(true);
        send(body, stream(1));
        assertThat(reader.heard).containsExactly("head", "x", "end", "broken");
    }

    private static SpdyFrame stream(int id) {
        DefaultSpdySynStreamFrame stream = new DefaultSpdySynStreamFrame(id, 0, (byte) 0, false);
        stream.headers().add("x-field", "1");
        return stream;
    }

    /** All in one piece. */
    private void send(SpdyFrame... frames) {
        codec.writeOutbound((Object[]) frames);
        ByteBuf all = Unpooled.buffer();
        for (ByteBuf next = codec.readOutbound(); next != null; next = codec.readOutbound()) {
            all.writeBytes(next);
            next.release();
        }
        client.writeInbound(all);
        client.releaseOutbound();
    }

    private final class Owner implements SessionOwner {

        @Override
        public void opened(StreamChannel stream) {
            stream.pipeline().addLast(reader);
            stream.config().setAutoRead(true);
        }

        @Override
        public void changed() {
            // Told by the channel's end.
        }

        @Override
        public void ended(String why) {
            // Told by the channel's end.
        }
    }

    private static final class Reader extends ChannelInboundHandlerAdapter {

        private final List<String> heard = new ArrayList<>();

        @Override
        public void channelRead(ChannelHandlerContext ctx, Object msg) {
            heard.add(msg instanceof ByteBuf bytes ? bytes.toString(StandardCharsets.US_ASCII) : "head");
            ReferenceCountUtil.release(msg);
        }

        @Override
        public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
            heard.add("end");
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
            heard.add("broken");
        }
    }
}
