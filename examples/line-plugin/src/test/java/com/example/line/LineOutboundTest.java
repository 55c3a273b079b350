package com.example.line;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.hopline.api.DialException.Reason;
import io.hopline.api.Hop;
import io.hopline.api.HostPort;
import io.hopline.api.transport.Server;
import io.hopline.testkit.OutboundContract;
import io.hopline.testkit.Refusal;
import io.hopline.testkit.Wire;
import java.io.IOException;
import java.time.Duration;
import java.util.List;

final class LineOutboundTest extends OutboundContract {

    @Override
    protected Hop hop(HostPort server, Duration timeout) {
        return new LineHop(new Server(server, List.of()), timeout);
    }

    @Override
    protected Request readRequest(Wire client) throws IOException {
        return Request.of(HostPort.parse(client.readThrough("\n").strip().substring("DIAL ".length())));
    }

    @Override
    protected byte[] granted() {
        return "OK\n".getBytes(US_ASCII);
    }

    @Override
    protected List<Refusal> refusals() {
        return List.of(
                Refusal.ofTarget("no", Reason.REFUSED, reply("NO such host\n".getBytes(US_ASCII))),
                Refusal.wrong("neither yes nor no", reply("MAYBE\n".getBytes(US_ASCII))),
                Refusal.wrong("a line without an end", reply("N".repeat(301).getBytes(US_ASCII))));
    }
}
