package io.hopline.spdy;

import static org.assertj.core.api.Assertions.assertThat;

import io.hopline.api.EndOfOutput;
import io.hopline.api.stream.StreamChannel;
import io.hopline.api.stream.StreamLink.Close;
import io.hopline.spdy.session.SessionOwner;
import io.hopline.spdy.session.SessionSettings;
import io.hopline.spdy.session.SpdySession;
import io.hopline.spdy.session.SpdyStream;
import io.hopline.spdy.session.StreamHead;
import io.hopline.spdy.session.Version;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.spdy.DefaultSpdyDataFrame;
import io.netty.handler.codec.spdy.DefaultSpdyHeaders;
import io.netty.handler.codec.spdy.DefaultSpdySynReplyFrame;
import io.netty.handler.codec.spdy.SpdyDataFrame;
import io.netty.handler.codec.spdy.SpdyFrame;
import io.netty.handler.codec.spdy.SpdyFrameCodec;
import io.netty.handler.codec.spdy.SpdySynReplyFrame;
import io.netty.handler.codec.spdy.SpdyVersion;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a pool of sessions asks of one. */
class SpdyClientSessionTest {

    private static final Duration LONG = Duration.ofMinutes(1);
    private static final SessionSettings ONE_STREAM =
            new SessionSettings(1, 1 << 20, 1 << 20, 16 * 1024, LONG, LONG, LONG, LONG);

    private static final int WINDOW = 64 * 1024;
    private static final SessionSettings SMALL_WINDOW =
            new SessionSettings(1, WINDOW, WINDOW, 16 * 1024, LONG, LONG, LONG, LONG);

    private final EmbeddedChannel server = new EmbeddedChannel();
    private final EmbeddedChannel peer = new EmbeddedChannel(new SpdyFrameCodec(SpdyVersion.SPDY_3_1));

    @AfterEach
    void close() {
        server.finishAndReleaseAll();
        peer.finishAndReleaseAll();
    }

    /** Whoever has waited for it may have left just when it was made. */
    @Test
    void takesAStreamBackThatNobodyWants() {
        SpdySession session = SpdySession.connect(server, Version.V3_1, ONE_STREAM, new Owner());
        SpdyStream stream = session.open();
        assertThat(session.hasRoom()).isFalse();
        stream.closed(new Close(false, false, false));
        assertThat(session.hasRoom()).isTrue();
    }

    /** The codec leaves with the session: TCP or TLS would be handed the frame as it is. */
    @Test
    void writesNoFrameOnceItIsOver() {
        SpdySession session = SpdySession.connect(server, Version.V3_1, SMALL_WINDOW, new Owner());
        SpdyStream stream = session.open();
        StreamChannel channel = new StreamChannel(null, stream);
        stream.bind(channel, how -> {});
        server.eventLoop().register(channel);
        channel.writeAndFlush(new StreamHead(new DefaultSpdyHeaders(), true));
        session.goAway();
        SpdySynReplyFrame reply = new DefaultSpdySynReplyFrame(1);
        reply.headers().set(":status", "200");
        receive(reply);
        receive(data(false));
        receive(data(true));
        server.flushOutbound();
        channel.close();
        assertThat(server.outboundMessages()).contains(EndOfOutput.INSTANCE).noneMatch(SpdyFrame.class::isInstance);
    }

    private void receive(SpdyFrame frame) {
        peer.writeOutbound(frame);
        for (Object bytes = peer.readOutbound(); bytes != null; bytes = peer.readOutbound()) {
            server.writeInbound(bytes);
        }
    }

    /** Half of it is credited at once. */
    private static SpdyFrame data(boolean last) {
        SpdyDataFrame frame = new DefaultSpdyDataFrame(1, Unpooled.wrappedBuffer(new byte[WINDOW / 4]));
        return frame.setLast(last);
    }

    private static final class Owner implements SessionOwner {

        @Override
        public void opened(StreamChannel stream) {
            throw new AssertionError("servers open no streams here");
        }

        @Override
        public void changed() {
            // Asked for.
        }

        @Override
        public void ended(String why) {
            // Closed behind the test.
        }
    }
}
