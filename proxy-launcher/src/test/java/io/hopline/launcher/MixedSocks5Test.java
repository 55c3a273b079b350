package io.hopline.launcher;

import io.hopline.api.Entry;
import io.hopline.testkit.Carrier;
import io.hopline.testkit.socks5.Socks5InboundContract;
import java.time.Duration;
import java.util.stream.Stream;

/** The inbound of type {@code mixed} with all that ships, to a client that speaks SOCKS 5. */
final class MixedSocks5Test extends Socks5InboundContract {

    public static Stream<Carrier> carriers() {
        return Stream.of(Carrier.values());
    }

    @Override
    protected Entry entry(Duration timeout) {
        return Mixed.entry(timeout);
    }
}
