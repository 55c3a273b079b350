package io.hopline.api.relay;

import static org.assertj.core.api.Assertions.assertThat;

import io.hopline.api.Abort;
import io.hopline.api.guard.Guard;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is told of a tunnel that breaks. */
final class TunnelTest {

    private final List<String> outcomes = new ArrayList<>();

    @Test
    void saysThatAClientIsGoneWhoDidNotWaitForTheTargetsEnd() {
        Channel client = failing(new ClosedChannelException());
        endOfTarget(client);
        assertThat(outcomes).containsExactly("client closed the connection");
        assertThat(client.isOpen()).isFalse();
    }

    @Test
    void saysWhyTheTargetsEndCantBePassedOn() {
        endOfTarget(failing(new IOException("No buffer space available")));
        assertThat(outcomes).containsExactly("client: No buffer space available");
    }

    @Test
    void saysWhoHasResetTheConnection() {
        EmbeddedChannel client = new EmbeddedChannel(new End(null));
        EmbeddedChannel target = new EmbeddedChannel(new End(null));
        new Tunnel(client, target, Guard.NONE, ended -> outcomes.add(ended.outcome())).start();

        client.pipeline()
                .fireExceptionCaught(
                        new IOException("recvAddress(..) failed with error(-104): Connection reset by peer"));

        assertThat(outcomes).containsExactly("client reset the connection");
    }

    /** TLS tells of data, and of what ends or breaks it, in one go. */
    @Test
    void passesOnWhatHasComeJustBeforeABreak() {
        EmbeddedChannel client = new EmbeddedChannel(new End(null));
        EmbeddedChannel target = new EmbeddedChannel(new End(null));
        new Tunnel(client, target, Guard.NONE, ended -> outcomes.add(ended.outcome())).start();

        target.pipeline().fireChannelRead(Unpooled.copiedBuffer("last words", StandardCharsets.US_ASCII));
        target.pipeline().fireExceptionCaught(new IOException("cut short"));

        ByteBuf passed = client.readOutbound();
        assertThat(passed.toString(StandardCharsets.US_ASCII)).isEqualTo("last words");
        passed.release();
        assertThat(client.isOpen()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void closesTheOtherSideInTheSameMomentThatOneIsGone(boolean clientFirst) {
        EmbeddedChannel client = new EmbeddedChannel(new End(null));
        EmbeddedChannel target = new EmbeddedChannel(new End(null));
        new Tunnel(client, target, Guard.NONE, ended -> outcomes.add(ended.outcome())).start();
        client.freezeTime();
        target.freezeTime();

        (clientFirst ? client : target).close();

        assertThat((clientFirst ? target : client).isOpen()).isFalse();
        assertThat(outcomes).containsExactly((clientFirst ? "client" : "target") + " closed the connection");
    }

    private void endOfTarget(Channel client) {
        EmbeddedChannel target = new EmbeddedChannel(new End(null));
        new Tunnel(client, target, Guard.NONE, ended -> outcomes.add(ended.outcome())).start();
        target.pipeline().fireUserEventTriggered(ChannelInputShutdownEvent.INSTANCE);
    }

    private static Channel failing(Throwable cause) {
        return new EmbeddedChannel(new End(cause));
    }

    /** Plays a channel that takes bytes, an end of output or fails to, and an abort. */
    private static final class End extends ChannelOutboundHandlerAdapter {

        private final @Nullable Throwable failure;

        End(@Nullable Throwable failure) {
            this.failure = failure;
        }

        @Override
        public void write(ChannelHandlerContext ctx, Object msg, ChannelPromise promise) {
            if (msg == Abort.INSTANCE) {
                ctx.close(promise);
            } else if (msg instanceof ByteBuf) {
                ctx.write(msg, promise);
            } else if (failure == null) {
                promise.setSuccess();
            } else {
                promise.setFailure(failure);
            }
        }
    }
}
