package io.hopline.launcher.cli;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.typesafe.config.ConfigFactory;
import io.hopline.api.Chain;
import io.hopline.api.transport.Transport;
import io.hopline.launcher.Dialer;
import io.hopline.launcher.config.HoplineConfig;
import io.hopline.launcher.plugins.Plugins;
import io.hopline.testkit.Target;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import java.io.ByteArrayOutputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** How standard input and output are joined to a channel. */
class StdioTest {

    @Test
    void waitsForNobodyWhereTheConnectionBrokeBeforeItWasJoined() throws Exception {
        EmbeddedChannel broken = new EmbeddedChannel();
        broken.close();
        try (PipedOutputStream typed = new PipedOutputStream();
                PipedInputStream in = new PipedInputStream(typed)) {
            CompletableFuture<Void> joined = Stdio.join(broken, in, new ByteArrayOutputStream());
            assertThat(joined)
                    .failsWithin(10, TimeUnit.SECONDS)
                    .withThrowableThat()
                    .withMessageContaining("the connection was closed before the target had ended it");
        }
    }

    @ParameterizedTest
    @EnumSource
    void saysOfAResetWhoMayTellMore(Transport transport) throws Exception {
        assumeThat(transport.obstacle()).isEmpty();
        HoplineConfig config = HoplineConfig.of(
                ConfigFactory.parseString("hopline { transport = " + transport + ", threads = 1 }"), Plugins.load());
        try (Target target = Target.listen();
                Dialer dialer = Dialer.open(config);
                PipedOutputStream typed = new PipedOutputStream();
                PipedInputStream in = new PipedInputStream(typed)) {
            Channel channel = dialer.dial(Chain.of(), target.address()).get(10, TimeUnit.SECONDS);
            CompletableFuture<Void> joined = Stdio.join(channel, in, new ByteArrayOutputStream());
            target.accept().reset();
            expectFailure(
                    joined, "the target, or a hop on the way to it, reset the connection; their logs may say why");
        }
    }

    @Test
    void saysThatNotAllOfTheInputWasSent() throws Exception {
        EmbeddedChannel channel = new EmbeddedChannel();
        try (PipedOutputStream typed = new PipedOutputStream();
                PipedInputStream in = new PipedInputStream(typed)) {
            CompletableFuture<Void> joined = Stdio.join(channel, in, new ByteArrayOutputStream());
            channel.pipeline().fireUserEventTriggered(ChannelInputShutdownEvent.INSTANCE);
            channel.close();
            typed.write('x');
            expectFailure(joined, "the connection was closed before all of the input was sent");
        }
    }

    @Test
    void sendsWhatItReadAlsoWhereThatWaitsOnBehindItsPromise() throws Exception {
        BlockingQueue<ByteBuf> waiting = new LinkedBlockingQueue<>();
        EmbeddedChannel channel = new EmbeddedChannel(new ChannelOutboundHandlerAdapter() {
            @Override
            public void write(ChannelHandlerContext ctx, Object msg, ChannelPromise promise) {
                if (msg instanceof ByteBuf bytes) {
                    waiting.add(bytes);
                }
                promise.setSuccess();
            }
        });
        try (PipedOutputStream typed = new PipedOutputStream();
                PipedInputStream in = new PipedInputStream(typed)) {
            Stdio.join(channel, in, new ByteArrayOutputStream());
            ByteBuf first = type("first", typed, waiting);
            ByteBuf second = type("other", typed, waiting);
            assertThat(List.of(first.toString(US_ASCII), second.toString(US_ASCII)))
                    .containsExactly("first", "other");
            first.release();
            second.release();
        }
    }

    @Test
    void saysThatItsInputCannotBeRead() {
        expectFailure(
                Stdio.join(new EmbeddedChannel(), new PipedInputStream(), new ByteArrayOutputStream()),
                "standard input: Pipe not connected");
    }

    private static ByteBuf type(String text, PipedOutputStream typed, BlockingQueue<ByteBuf> written) throws Exception {
        typed.write(text.getBytes(US_ASCII));
        typed.flush();
        return requireNonNull(written.poll(10, TimeUnit.SECONDS), () -> text + " was never written");
    }

    private static void expectFailure(CompletableFuture<Void> joined, String message) {
        assertThat(joined)
                .failsWithin(10, TimeUnit.SECONDS)
                .withThrowableThat()
                .havingCause()
                .withMessage(message);
    }
}
