package io.hopline.socks;

import static org.assertj.core.api.Assertions.assertThat;

import io.hopline.api.Abort;
import io.hopline.api.HostPort;
import io.hopline.api.PacketOutbound;
import io.hopline.api.PassiveOutbound;
import io.hopline.api.Served;
import io.hopline.api.Session;
import io.hopline.api.SessionObserver;
import io.hopline.testkit.Hex;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.util.concurrent.Future;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A client whose wish ends in an exception that nobody foresaw waits for nothing. */
class LostClientTest {

    /** What a plugin's outbound might do. */
    private static final class Throwing implements PacketOutbound, PassiveOutbound {

        @Override
        public Future<Channel> dial(HostPort target, Session session) {
            throw new IllegalStateException("oops");
        }

        @Override
        public Future<Channel> associate(Session session) {
            throw new IllegalStateException("oops");
        }

        @Override
        public Future<Accepted> listen(HostPort expected, Session session, Consumer<HostPort> listening) {
            throw new IllegalStateException("oops");
        }
    }

    @ParameterizedTest(name = "command {0}")
    @ValueSource(ints = {Socks.BIND, Socks.UDP_ASSOCIATE})
    void isLetGo(int command) {
        EmbeddedChannel client = new EmbeddedChannel();
        client.config().setAutoRead(false);
        List<String> outcomes = new ArrayList<>();
        SessionObserver observer = new SessionObserver() {
            @Override
            public void served(Session session, Served served) {
                outcomes.add(served.outcome());
            }
        };
        Duration minute = Duration.ofMinutes(1);
        Socks5Entry.create()
                .withUdp(minute)
                .withBind(minute)
                .to(new Throwing())
                .accept(client, Session.of("test", "test", client.remoteAddress(), client.eventLoop(), observer));
        client.writeInbound(Unpooled.wrappedBuffer(Hex.bytes("05 01 00 05 0" + command + " 00 01 7f000001 0050")));
        client.<ByteBuf>readOutbound().release();
        assertThat(client.<Object>readOutbound()).isEqualTo(Abort.INSTANCE);
        assertThat(outcomes).containsExactly("oops");
        client.finishAndReleaseAll();
    }
}
