package io.hopline.http;

import io.hopline.api.Entry;
import io.hopline.api.settings.Settings;
import io.hopline.testkit.http1.ConnectInboundContract;
import java.time.Duration;

/** The inbound of type {@code http}, asked for tunnels. */
final class HttpInboundTunnelTest extends ConnectInboundContract {

    @Override
    protected Entry entry(Duration timeout) {
        return Settings.read("inbound.http", "head-timeout = " + timeout.toMillis() + "ms", HttpEntry::read);
    }
}
