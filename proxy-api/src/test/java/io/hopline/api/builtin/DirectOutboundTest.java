package io.hopline.api.builtin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.hopline.api.DialException;
import io.hopline.api.DialException.Reason;
import io.hopline.api.EndOfOutput;
import io.hopline.api.HopRef;
import io.hopline.api.HostPort;
import io.hopline.api.Session;
import io.hopline.api.SessionObserver;
import io.hopline.api.Step;
import io.hopline.api.transport.Transport;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.util.NetUtil;
import io.netty.util.concurrent.Future;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class DirectOutboundTest {
    private final List<String> steps = new CopyOnWriteArrayList<>();
    private final SessionObserver observer = new SessionObserver() {
        @Override
        public void passed(Session session, HopRef at, Step step, Supplier<String> detail, long nanos) {
            steps.add(at + ", " + step + ": " + detail.get());
        }
    };
    private EventLoopGroup loops = Transport.NIO.loops(1);

    @AfterEach
    void endLoops() {
        loops.shutdownGracefully(0, 5, TimeUnit.SECONDS).syncUninterruptibly();
    }

    @ParameterizedTest
    @EnumSource(Transport.class)
    void carriesBytesAndTheirEnd(Transport transport) throws Exception {
        assumeThat(transport.obstacle()).isEmpty();
        use(transport);
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Channel channel = dial("127.0.0.1", server.getLocalPort()).get(5, TimeUnit.SECONDS);
            assertThat(channel.isActive()).isTrue();
            assertThat(channel.config().isAutoRead()).isFalse();
            channel.writeAndFlush(Unpooled.copiedBuffer("hello", StandardCharsets.US_ASCII));
            channel.writeAndFlush(EndOfOutput.INSTANCE);
            try (Socket accepted = server.accept()) {
                assertThat(accepted.getInputStream().readAllBytes()).asString().isEqualTo("hello");
            }
            channel.close().sync();
            assertThat(steps).containsExactly("target, TCP: to 127.0.0.1:" + server.getLocalPort());
        }
    }

    @ParameterizedTest
    @EnumSource(Transport.class)
    void tellsWhoRefused(Transport transport) throws Exception {
        assumeThat(transport.obstacle()).isEmpty();
        use(transport);
        try (Socket silent = new Socket()) {
            // Bound, so that nobody else gets the port, but not listening.
            silent.bind(new InetSocketAddress(NetUtil.LOCALHOST4, 0));
            int port = silent.getLocalPort();
            assertThatThrownBy(() -> dial("127.0.0.1", port).get(5, TimeUnit.SECONDS))
                    .isInstanceOf(ExecutionException.class)
                    .cause()
                    .hasMessage("target, TCP: connection refused by 127.0.0.1:" + port)
                    .isInstanceOfSatisfying(
                            DialException.class, e -> assertThat(e.reason()).isEqualTo(Reason.REFUSED));
        }
    }

    @ParameterizedTest
    @EnumSource(Transport.class)
    void knowsLocalhostWithoutAskingAnybody(Transport transport) throws Exception {
        assumeThat(transport.obstacle()).isEmpty();
        use(transport);
        try (ServerSocket server = new ServerSocket(0, 1, NetUtil.LOCALHOST4)) {
            Channel channel = dial("a.LocalHost.", server.getLocalPort()).get(5, TimeUnit.SECONDS);
            assertThat(((InetSocketAddress) channel.remoteAddress())
                            .getAddress()
                            .isLoopbackAddress())
                    .isTrue();
            channel.close().sync();
        }
        assertThat(steps).first().isEqualTo("target, name resolution: a.LocalHost. -> ::1, 127.0.0.1");
    }

    private void use(Transport transport) {
        endLoops();
        loops = transport.loops(1);
    }

    private Future<Channel> dial(String host, int port) throws Exception {
        EventLoop loop = loops.next();
        Session session = Session.of("test", "test", new InetSocketAddress(0), loop, observer);
        return loop.submit(() -> DirectOutbound.withDefaults().dial(new HostPort(host, port), session))
                .get(5, TimeUnit.SECONDS);
    }
}
