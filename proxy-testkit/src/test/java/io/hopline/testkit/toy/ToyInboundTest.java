package io.hopline.testkit.toy;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.hopline.api.DialException.Reason;
import io.hopline.api.Entry;
import io.hopline.api.HostPort;
import io.hopline.testkit.InboundContract;
import io.hopline.testkit.Wire;
import io.hopline.testkit.WrongRequest;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

class ToyInboundTest extends InboundContract {

    @Override
    protected Entry entry(Duration timeout) {
        return new ToyEntry(timeout);
    }

    @Override
    protected byte[] request(HostPort target) {
        return line("OPEN " + target);
    }

    @Override
    protected void readGranted(Wire client) throws IOException {
        client.expect("OK\n");
    }

    @Override
    protected void readRefused(Wire client, Reason reason) throws IOException {
        client.expect("NO " + reason.name().toLowerCase(Locale.ROOT) + "\n");
    }

    @Override
    protected List<WrongRequest> wrongRequests() {
        return List.of(
                new WrongRequest("another word", line("SHUT name:1")),
                new WrongRequest("no port", line("OPEN name")),
                new WrongRequest("no target", line("OPEN")));
    }

    private static byte[] line(String text) {
        return (text + "\n").getBytes(US_ASCII);
    }
}
