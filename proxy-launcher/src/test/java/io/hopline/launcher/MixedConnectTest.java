package io.hopline.launcher;

import io.hopline.api.Entry;
import io.hopline.testkit.http1.ConnectInboundContract;
import java.time.Duration;

/** The inbound of type {@code mixed} with all that ships, to a client that speaks HTTP. */
final class MixedConnectTest extends ConnectInboundContract {

    @Override
    protected Entry entry(Duration timeout) {
        return Mixed.entry(timeout);
    }
}
