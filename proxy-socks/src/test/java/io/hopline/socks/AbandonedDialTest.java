package io.hopline.socks;

import static org.assertj.core.api.Assertions.assertThat;

import io.hopline.api.Entry;
import io.hopline.api.Outbound;
import io.hopline.api.transport.Transport;
import io.hopline.testkit.Hex;
import io.hopline.testkit.LiveInbound;
import io.hopline.testkit.Wire;
import io.netty.channel.Channel;
import io.netty.util.concurrent.Promise;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A client that breaks off before its target is reached, on each transport. */
class AbandonedDialTest {

    private final BlockingQueue<Promise<Channel>> dials = new LinkedBlockingQueue<>();
    private final Outbound never = (target, session) -> {
        Promise<Channel> promise = session.loop().newPromise();
        dials.add(promise);
        return promise;
    };

    @ParameterizedTest
    @CsvSource({
        "EPOLL, 05 01 00 05 01 00 01 7f000001 0050",
        "NIO, 05 01 00 05 01 00 01 7f000001 0050",
        "EPOLL, 04 01 0050 7f000001 00",
        "NIO, 04 01 0050 7f000001 00"
    })
    void stopsTheDialWhenTheClientBreaksOff(Transport transport, String asked) throws Exception {
        Entry entry = asked.startsWith("05") ? Socks5Entry.create() : Socks4Entry.create();
        try (LiveInbound inbound = new LiveInbound(entry.to(never), transport);
                Wire client = Wire.connect(inbound.address())) {
            client.write(Hex.bytes(asked));
            Promise<Channel> dial = dials.poll(10, TimeUnit.SECONDS);
            assertThat(dial).isNotNull();
            client.reset();
            assertThat(dial.await(10, TimeUnit.SECONDS)).isTrue();
            assertThat(dial.isCancelled()).isTrue();
            assertThat(inbound.served().served().outcome()).isEqualTo("client left during the dial");
        }
    }
}
