package io.hopline.api.transport;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LeftoversTest {

    private final EmbeddedChannel channel = new EmbeddedChannel(false, false);
    private final List<String> seen = new ArrayList<>();

    @AfterEach
    void close() {
        channel.finishAndReleaseAll();
    }

    @Test
    void keepsBytesUntilSomebodyReads() throws Exception {
        leave(bytes("early"), false);
        takeOver();
        assertThat(seen).isEmpty();

        channel.read();

        assertThat(seen).containsExactly("early", "complete");
        assertThat(channel.pipeline().get(Leftovers.class)).isNull();
    }

    @Test
    void keepsTheirOrderWithWhatComesLater() throws Exception {
        leave(bytes("one"), false);
        takeOver();
        channel.pipeline().fireChannelRead(bytes("two")).fireChannelReadComplete();

        channel.read();
        channel.pipeline().fireChannelRead(bytes("three")).fireChannelReadComplete();

        assertThat(seen).containsExactly("one", "two", "complete", "three", "complete");
    }

    @Test
    void keepsTheEndOfInputBehindTheBytes() throws Exception {
        leave(bytes("last"), true);
        takeOver();

        channel.read();

        assertThat(seen).containsExactly("last", "complete", "ended");
    }

    @Test
    void keepsAFailureBehindTheBytes() throws Exception {
        leave(bytes("some"), false);
        takeOver();
        channel.pipeline().fireExceptionCaught(new IOException("broken"));

        channel.read();

        assertThat(seen).startsWith("some", "complete", "broken");
    }

    @Test
    void isNotThereForNothing() throws Exception {
        leave(Unpooled.EMPTY_BUFFER, false);

        assertThat(channel.pipeline().get(Leftovers.class)).isNull();
    }

    @Test
    void asGateReadsOnIfNothingCame() throws Exception {
        register();
        channel.pipeline().addLast(Leftovers.gate());
        takeOver();

        channel.read();
        channel.pipeline().fireChannelRead(bytes("fresh"));

        assertThat(seen).containsExactly("fresh");
    }

    @Test
    void asGateLetsTheOneInFrontHearOfABreakAtOnce() throws Exception {
        leave(bytes("early"), false);
        Leftovers.gateBehind(
                new ChannelInboundHandlerAdapter() {
                    @Override
                    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
                        seen.add("in front: " + cause.getMessage());
                        ctx.fireExceptionCaught(cause);
                    }
                },
                channel.pipeline());
        takeOver();

        channel.pipeline().fireExceptionCaught(new IOException("broken"));
        assertThat(seen).containsExactly("in front: broken");
        channel.read();
        assertThat(seen).startsWith("in front: broken", "early", "complete", "broken");
    }

    @Test
    void releasesWhatNobodyReads() throws Exception {
        ByteBuf bytes = bytes("lost");
        leave(bytes, false);

        channel.close().sync();
        channel.finishAndReleaseAll();

        assertThat(bytes.refCnt()).isZero();
    }

    private void register() throws Exception {
        channel.config().setAutoRead(false);
        channel.register();
    }

    /** A handshake is over that had read too much. */
    private void leave(ByteBuf more, boolean ended) throws Exception {
        register();
        ChannelInboundHandlerAdapter handshake = new ChannelInboundHandlerAdapter();
        channel.pipeline().addLast(handshake);
        Leftovers.hold(channel.pipeline().context(handshake), more, ended);
        channel.pipeline().remove(handshake);
    }

    private void takeOver() {
        channel.pipeline().addLast(new ChannelInboundHandlerAdapter() {
            @Override
            public void channelRead(ChannelHandlerContext ctx, Object msg) {
                seen.add(((ByteBuf) msg).toString(StandardCharsets.US_ASCII));
                ((ByteBuf) msg).release();
            }

            @Override
            public void channelReadComplete(ChannelHandlerContext ctx) {
                seen.add("complete");
            }

            @Override
            public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
                if (event == ChannelInputShutdownEvent.INSTANCE) {
                    seen.add("ended");
                }
            }

            @Override
            public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
                seen.add(String.valueOf(cause.getMessage()));
            }
        });
    }

    private ByteBuf bytes(String text) {
        return ByteBufUtil.writeAscii(channel.alloc(), text);
    }
}
