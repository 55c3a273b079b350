package io.hopline.socks;

import io.hopline.api.Entry;
import io.hopline.testkit.Carrier;
import io.hopline.testkit.WrongRequest;
import io.hopline.testkit.socks5.Socks5InboundContract;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The inbound that anybody may use. */
final class Socks5InboundTest extends Socks5InboundContract {

    public static Stream<Carrier> carriers() {
        return Stream.of(Carrier.values());
    }

    @Override
    protected Entry entry(Duration timeout) {
        return new Socks5Entry(Optional.empty(), timeout, Optional.empty(), Optional.empty());
    }

    @Override
    protected List<WrongRequest> wrongRequests() {
        return Stream.concat(Stream.of(wrong("SOCKS4", "04 01 0050 7f000001 00")), super.wrongRequests().stream())
                .toList();
    }
}
