package io.hopline.api.transport;

import static org.assertj.core.api.Assertions.assertThat;

import io.hopline.api.Session;
import io.hopline.api.SessionObserver;
import io.netty.channel.Channel;
import io.netty.channel.EventLoopGroup;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

final class AcceptPauseTest {

    @Test
    @Timeout(30)
    void acceptsAgainByItselfAndTellsOfThePause() throws Exception {
        EventLoopGroup loops = Transport.best().loops(1);
        try {
            AtomicInteger pauses = new AtomicInteger();
            BlockingQueue<Channel> accepted = new LinkedBlockingQueue<>();
            Channel listener = Listener.bind(
                            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                            Transport.best(),
                            loops,
                            (client, session) -> accepted.add(client),
                            channel -> Session.of(
                                    "test", "test", channel.remoteAddress(), channel.eventLoop(), SessionObserver.NONE),
                            pauses::incrementAndGet)
                    .sync()
                    .channel();
            listener.eventLoop()
                    .submit(() -> {
                        listener.pipeline().fireExceptionCaught(new IOException("Too many open files"));
                        listener.pipeline().fireExceptionCaught(new IOException("Too many open files"));
                        assertThat(listener.config().isAutoRead()).isFalse();
                    })
                    .sync();
            assertThat(pauses).hasValue(1);
            InetSocketAddress address = (InetSocketAddress) listener.localAddress();
            try (Socket client = new Socket(address.getAddress(), address.getPort())) {
                assertThat(accepted.poll(10, TimeUnit.SECONDS)).isNotNull();
                assertThat(client.isConnected()).isTrue();
            }
        } finally {
            loops.shutdownGracefully(0, 10, TimeUnit.SECONDS).sync();
        }
    }
}
