package io.hopline.socks;

import io.hopline.api.Entry;
import io.hopline.testkit.WrongRequest;
import io.hopline.testkit.socks4.Socks4InboundContract;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The inbound for SOCKS4 and 4a, with a client of a test's own making. */
final class Socks4InboundTest extends Socks4InboundContract {

    @Override
    protected Entry entry(Duration timeout) {
        return new Socks4Entry(timeout, Optional.empty());
    }

    @Override
    protected List<WrongRequest> wrongRequests() {
        return Stream.concat(Stream.of(wrong("SOCKS5", "05 01 00")), super.wrongRequests().stream())
                .toList();
    }
}
