package io.hopline.connect;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.hopline.api.Drain;
import io.hopline.api.Inbound;
import io.hopline.api.settings.Settings;
import io.hopline.testkit.LiveInbound;
import io.hopline.testkit.LoopbackOutbound;
import io.hopline.testkit.Target;
import io.hopline.testkit.Wire;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a connection of HTTP/1.1 does when the server is asked to close. */
final class DrainTest {

    private final BlockingQueue<Channel> accepted = new LinkedBlockingQueue<>();
    private LiveInbound inbound;

    @BeforeEach
    void start() throws Exception {
        Inbound connect =
                Settings.read("inbound.connect", "", ConnectEntry::read).to(new LoopbackOutbound());
        inbound = new LiveInbound((client, session) -> {
            connect.accept(client, session);
            accepted.add(client);
        });
    }

    @AfterEach
    void stop() {
        inbound.close();
    }

    @Test
    void aConnectionThatNeverAskedIsClosedAtOnce() throws Exception {
        try (Wire client = inbound.connect()) {
            drain();
            assertThat(client.readAll()).isEmpty();
        }
        assertThat(inbound.served().served().outcome())
                .isEqualTo("the server closed before the client had sent a request");
    }

    @Test
    void aHeadOfWhichAPartHasComeIsAnsweredAsTheLastOne() throws Exception {
        try (Wire client = inbound.connect()) {
            Channel channel = accepted.take();
            // Written into the channel itself, so that it has surely come when the server is asked to close.
            channel.eventLoop()
                    .submit(() -> channel.pipeline()
                            .fireChannelRead(Unpooled.copiedBuffer("GET http://h/ HTTP/1.1\r\n", US_ASCII))
                            .fireUserEventTriggered(Drain.INSTANCE))
                    .sync();
            client.write("Host: h\r\n\r\n");
            assertThat(client.readAll()).contains("connection: close");
        }
    }

    @Test
    void aTunnelGoesOn() throws Exception {
        try (Target target = Target.listen();
                Wire client = inbound.connect()
                        .write("CONNECT " + target.address() + " HTTP/1.1\r\nHost: " + target.address() + "\r\n\r\n")) {
            client.readHead();
            try (Wire server = target.accept()) {
                drain();
                client.write("ping").endOutput();
                assertThat(server.readAll()).isEqualTo("ping");
                server.write("pong").endOutput();
                assertThat(client.readAll()).isEqualTo("pong");
            }
        }
    }

    private void drain() throws InterruptedException {
        accepted.take().pipeline().fireUserEventTriggered(Drain.INSTANCE);
    }
}
