package io.hopline.launcher;

import io.hopline.api.Entry;
import io.hopline.testkit.socks4.Socks4InboundContract;
import java.time.Duration;

/** The inbound of type {@code mixed} with all that ships, to a client that speaks SOCKS 4. */
final class MixedSocks4Test extends Socks4InboundContract {

    @Override
    protected Entry entry(Duration timeout) {
        return Mixed.entry(timeout);
    }
}
