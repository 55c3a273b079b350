package com.example.line;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.hopline.api.DialException.Reason;
import io.hopline.api.Entry;
import io.hopline.api.HostPort;
import io.hopline.testkit.InboundContract;
import io.hopline.testkit.Wire;
import io.hopline.testkit.WrongRequest;
import java.io.IOException;
import java.time.Duration;
import java.util.List;

final class LineInboundTest extends InboundContract {

    @Override
    protected Entry entry(Duration timeout) {
        return new LineEntry(timeout);
    }

    @Override
    protected byte[] request(HostPort target) {
        return ("DIAL " + target + "\n").getBytes(US_ASCII);
    }

    @Override
    protected void readGranted(Wire client) throws IOException {
        client.expect("OK\n");
    }

    @Override
    protected void readRefused(Wire client, Reason reason) throws IOException {
        assertThat(client.readThrough("\n")).startsWith("NO ");
    }

    @Override
    protected List<WrongRequest> wrongRequests() {
        return List.of(
                new WrongRequest("another word", "CALL example.org:80\n".getBytes(US_ASCII)),
                new WrongRequest("no port", "DIAL example.org\n".getBytes(US_ASCII)),
                new WrongRequest("a port that nobody has", "DIAL example.org:0\n".getBytes(US_ASCII)),
                new WrongRequest("a control character", "DIAL example.org:80\t\n".getBytes(US_ASCII)),
                new WrongRequest("a line without an end", "D".repeat(301).getBytes(US_ASCII)));
    }
}
