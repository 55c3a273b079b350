package io.hopline.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.hopline.api.Outbound;
import io.hopline.testkit.LiveInbound;
import io.hopline.testkit.Wire;
import io.netty.channel.Channel;
import io.netty.util.concurrent.Promise;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** A forward request whose client is gone before its origin is reached. */
final class AbandonedDialTest {

    private final BlockingQueue<Promise<Channel>> dials = new LinkedBlockingQueue<>();

    @Test
    void stopsTheDialWhenTheClientBreaksOff() throws Exception {
        Outbound never = (target, session) -> {
            Promise<Channel> promise = session.loop().newPromise();
            dials.add(promise);
            return promise;
        };
        try (LiveInbound inbound = new LiveInbound(HttpEntry.create().to(never));
                Wire client = inbound.connect()) {
            client.write("GET http://origin.invalid/ HTTP/1.1\r\nHost: origin.invalid\r\n\r\n");
            Promise<Channel> dial = dials.poll(10, TimeUnit.SECONDS);
            assertThat(dial).isNotNull();
            client.reset();
            assertThat(dial.await(10, TimeUnit.SECONDS)).isTrue();
            assertThat(dial.isCancelled()).isTrue();
            assertThat(inbound.served().served().outcome()).isEqualTo("the client left before the response had ended");
        }
    }
}
