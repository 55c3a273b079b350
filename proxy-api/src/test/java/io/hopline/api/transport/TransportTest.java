package io.hopline.api.transport;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.EventLoopGroup;
import io.netty.util.concurrent.Future;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TransportTest {

    private static final int DEADLINE_SECONDS = 10;

    private static final class Ending extends ChannelInboundHandlerAdapter {

        private final CompletableFuture<Void> told = new CompletableFuture<>();

        @Override
        public void channelInactive(ChannelHandlerContext ctx) {
            told.complete(null);
        }
    }

    @ParameterizedTest
    @EnumSource
    void closesChannelsEvenIfLoopsAreEndedWhileATaskRuns(Transport transport) throws Exception {
        assumeThat(transport.obstacle()).isEmpty();
        EventLoopGroup loops = transport.loops(1);
        Ending ending = new Ending();
        try (ServerSocket listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Channel channel = new Bootstrap()
                    .group(loops)
                    .channel(transport.socket())
                    .handler(ending)
                    .connect(listener.getLocalSocketAddress())
                    .sync()
                    .channel();
            try (Socket peer = listener.accept()) {
                peer.setSoTimeout(DEADLINE_SECONDS * 1000);

                loops.next().submit(() -> end(loops)).sync();

                assertThat(loops.terminationFuture().await(DEADLINE_SECONDS, SECONDS))
                        .isTrue();
                assertThat(peer.getInputStream().read()).isEqualTo(-1);
                assertThat(channel.isOpen()).isFalse();
                assertThat(ending.told).isCompleted();
            }
        }
    }

    private static Future<?> end(EventLoopGroup loops) {
        return loops.shutdownGracefully(0, DEADLINE_SECONDS, SECONDS);
    }
}
