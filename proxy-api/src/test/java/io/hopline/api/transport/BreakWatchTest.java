package io.hopline.api.transport;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** How far somebody's bytes are read that nobody has asked for. */
final class BreakWatchTest {

    private final Reads reads = new Reads();
    private final EmbeddedChannel channel = new EmbeddedChannel();

    @BeforeEach
    void start() {
        channel.config().setAutoRead(false);
        channel.pipeline().addLast(reads, new BreakWatch());
    }

    @AfterEach
    void stop() {
        channel.finishAndReleaseAll();
    }

    @Test
    void readsOnBehindWhatComes() {
        assertThat(reads.count).isEqualTo(1);
        come(1);
        assertThat(reads.count).isEqualTo(2);
        come(BreakWatch.MOST - 2);
        assertThat(reads.count).isEqualTo(3);
        assertThat(channel.inboundMessages()).hasSize(2);
    }

    @Test
    void readsNoMoreThanOthersAreToHold() {
        come(BreakWatch.MOST - 1);
        come(1);
        assertThat(reads.count).isEqualTo(2);
    }

    @Test
    void readsNothingBehindTheEnd() {
        channel.pipeline().fireUserEventTriggered(ChannelInputShutdownEvent.INSTANCE);
        channel.pipeline().fireChannelReadComplete();
        assertThat(reads.count).isEqualTo(1);
    }

    @Test
    void readsNothingOnceItIsGone() {
        channel.pipeline().remove(BreakWatch.class);
        come(1);
        assertThat(reads.count).isEqualTo(1);
    }

    private void come(int bytes) {
        channel.writeInbound(Unpooled.wrappedBuffer(new byte[bytes]));
    }

    private static final class Reads extends ChannelOutboundHandlerAdapter {
        private int count;

        @Override
        public void read(ChannelHandlerContext ctx) throws Exception {
            count++;
            ctx.read();
        }
    }
}
