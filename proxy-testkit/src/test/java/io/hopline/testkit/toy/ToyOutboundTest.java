package io.hopline.testkit.toy;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.hopline.api.DialException.Reason;
import io.hopline.api.Hop;
import io.hopline.api.HostPort;
import io.hopline.api.settings.Credentials;
import io.hopline.api.settings.Secret;
import io.hopline.testkit.OutboundContract;
import io.hopline.testkit.Refusal;
import io.hopline.testkit.Wire;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

class ToyOutboundTest extends OutboundContract {

    @Override
    protected Hop hop(HostPort server, Duration timeout) {
        return new ToyHop(server, timeout, Optional.empty());
    }

    @Override
    protected Optional<Hop> hop(HostPort server, Duration timeout, Credentials credentials) {
        return Optional.of(new ToyHop(server, timeout, Optional.of(credentials)));
    }

    @Override
    protected Request readRequest(Wire client) throws IOException {
        String[] words = client.readThrough("\n").strip().split(" ");
        return new Request(
                HostPort.parse(words[1]),
                words.length == 4 ? Optional.of(new Credentials(words[2], new Secret(words[3]))) : Optional.empty());
    }

    @Override
    protected void rejectCredentials(Wire client) throws IOException {
        readRequest(client);
        client.write(line("NO entry"));
    }

    @Override
    protected byte[] granted() {
        return line("OK");
    }

    @Override
    protected List<Refusal> refusals() {
        return List.of(
                Refusal.ofTarget("target gone", Reason.UNREACHABLE, reply(line("NO gone"))),
                Refusal.ofServer("denied", Reason.DENIED, reply(line("NO way"))),
                Refusal.ofServer("credentials wanted", Reason.AUTH, reply(line("NO entry"))),
                Refusal.wrong("another protocol", client -> client.write(line("HTTP/1.1 400 Bad Request"))));
    }

    private static byte[] line(String text) {
        return (text + "\n").getBytes(US_ASCII);
    }
}
