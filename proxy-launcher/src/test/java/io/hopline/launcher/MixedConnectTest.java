package io.hopline.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import io.hopline.api.Entry;
import io.hopline.testkit.LiveInbound;
import io.hopline.testkit.LoopbackOutbound;
import io.hopline.testkit.Wire;
import io.hopline.testkit.http1.ConnectInboundContract;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** The inbound of type {@code mixed} with all that ships, to a client that speaks HTTP. */
final class MixedConnectTest extends ConnectInboundContract {

    @Override
    protected Entry entry(Duration timeout) {
        return Mixed.entry(timeout);
    }

    /** A close that drops what the client still sends would reset the connection, and the answer would be lost. */
    @Test
    void refusesAHeadOf4MiBSoThatTheClientLearnsOfIt() throws Exception {
        Entry mixed = Mixed.entry(Duration.ofSeconds(30));
        LoopbackOutbound outbound = new LoopbackOutbound();
        try (LiveInbound inbound = new LiveInbound(mixed.to(outbound));
                Wire client = inbound.connect()) {
            client.write("CONNECT h:1 HTTP/1.1\r\nHost: h:1\r\nA: " + "b".repeat(4 << 20) + "\r\n\r\n");
            assertThat(client.readAll()).startsWith("HTTP/1.1 431 ").endsWith(".\n");
        }
        assertThat(outbound.dialed()).isEmpty();
    }
}
