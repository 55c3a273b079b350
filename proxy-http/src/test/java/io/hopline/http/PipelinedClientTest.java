package io.hopline.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.hopline.api.Drain;
import io.hopline.api.EndOfOutput;
import io.hopline.api.Outbound;
import io.hopline.api.Session;
import io.hopline.api.SessionObserver;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.embedded.EmbeddedChannel;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A client that sends one request behind the other and waits for no response. */
final class PipelinedClientTest {

    private static final String REQUEST = "OPTIONS * HTTP/1.1\r\nHost: a\r\n\r\n";
    private static final Outbound NOWHERE = (target, session) -> {
        throw new AssertionError("dialed");
    };

    private final EmbeddedChannel client = new EmbeddedChannel();
    private final Reading reading = new Reading();

    @AfterEach
    void release() {
        client.finishAndReleaseAll();
    }

    @BeforeEach
    void serve() {
        client.pipeline().addLast(reading);
        client.config().setAutoRead(false);
        HttpEntry.create()
                .to(NOWHERE)
                .accept(
                        client,
                        Session.of("test", "test", client.remoteAddress(), client.eventLoop(), SessionObserver.NONE));
    }

    @Test
    void isAnsweredNoFurtherThanItReads() {
        int requests = 10_000;
        client.writeInbound(Unpooled.copiedBuffer(REQUEST.repeat(requests), StandardCharsets.US_ASCII));
        assertThat(client.unsafe().outboundBuffer().totalPendingWriteBytes()).isLessThan(256 * 1024);

        reading.begun = true;
        client.flush();
        client.runPendingTasks();

        assertThat(responses()).isEqualTo(requests);
    }

    /** RFC 9112 section 2.2: some send one too many, and the next request has not begun by that. */
    @Test
    void mayEndARequestWithALineBreakTooMany() {
        reading.begun = true;
        client.writeInbound(Unpooled.copiedBuffer(REQUEST + "\r\n", StandardCharsets.US_ASCII));
        assertThat(responses()).isEqualTo(1);
        client.pipeline().fireUserEventTriggered(Drain.INSTANCE);
        assertThat(client.<Object>readOutbound()).isSameAs(EndOfOutput.INSTANCE);
    }

    private int responses() {
        int responses = 0;
        for (ByteBuf out = client.readOutbound(); out != null; out = client.readOutbound()) {
            String text = out.toString(StandardCharsets.US_ASCII);
            out.release();
            responses += text.split("HTTP/1.1 200", -1).length - 1;
        }
        return responses;
    }

    /** Lets nothing out before the client has begun to read. */
    private static final class Reading extends ChannelOutboundHandlerAdapter {

        private boolean begun;

        @Override
        public void flush(ChannelHandlerContext ctx) {
            if (begun) {
                ctx.flush();
            }
        }
    }
}
