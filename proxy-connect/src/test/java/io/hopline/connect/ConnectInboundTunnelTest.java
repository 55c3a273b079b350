package io.hopline.connect;

import io.hopline.api.Entry;
import io.hopline.api.settings.Settings;
import io.hopline.testkit.Carrier;
import io.hopline.testkit.http1.ConnectInboundContract;
import java.time.Duration;
import java.util.stream.Stream;

/** The inbound of type {@code connect}, asked for tunnels. */
final class ConnectInboundTunnelTest extends ConnectInboundContract {

    public static Stream<Carrier> carriers() {
        return Stream.of(Carrier.values());
    }

    @Override
    protected Entry entry(Duration timeout) {
        return Settings.read("inbound.connect", "head-timeout = " + timeout.toMillis() + "ms", ConnectEntry::read);
    }
}
