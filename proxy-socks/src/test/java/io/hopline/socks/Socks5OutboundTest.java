package io.hopline.socks;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.hopline.api.DialException.Reason;
import io.hopline.api.Hop;
import io.hopline.api.HostPort;
import io.hopline.api.settings.Credentials;
import io.hopline.api.settings.Secret;
import io.hopline.api.transport.Server;
import io.hopline.testkit.Carrier;
import io.hopline.testkit.Hex;
import io.hopline.testkit.OutboundContract;
import io.hopline.testkit.Refusal;
import io.hopline.testkit.Wire;
import io.netty.util.NetUtil;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The hop, with a server of a test's own making. */
class Socks5OutboundTest extends OutboundContract {

    public static Stream<Carrier> carriers() {
        return Stream.of(Carrier.values());
    }

    @Override
    protected Hop hop(HostPort server, Duration timeout) {
        return new Socks5Hop(new Server(server, List.of()), Optional.empty(), timeout);
    }

    @Override
    protected Optional<Hop> hop(HostPort server, Duration timeout, Credentials credentials) {
        return Optional.of(new Socks5Hop(new Server(server, List.of()), Optional.of(credentials), timeout));
    }

    @Override
    protected Request readRequest(Wire client) throws IOException {
        Optional<Credentials> credentials = readMethods(client) ? Optional.of(readPassword(client)) : Optional.empty();
        if (credentials.isPresent()) {
            client.write(Hex.bytes("01 00"));
        }
        client.expect(Hex.bytes("05 01 00"));
        String host = switch (client.read()) {
            case 1 -> NetUtil.bytesToIpAddress(client.read(4));
            case 3 -> text(client);
            default -> NetUtil.bytesToIpAddress(client.read(16));
        };
        return new Request(new HostPort(host, client.read() << 8 | client.read()), credentials);
    }

    /** Chooses the strongest method offered; whether that wants a password. */
    private static boolean readMethods(Wire client) throws IOException {
        client.expect((byte) 5);
        boolean password = false;
        for (byte method : client.read(client.read())) {
            password |= method == 2;
        }
        client.write(Hex.bytes(password ? "05 02" : "05 00"));
        return password;
    }

    private static Credentials readPassword(Wire client) throws IOException {
        client.expect((byte) 1);
        return new Credentials(text(client), new Secret(text(client)));
    }

    private static String text(Wire client) throws IOException {
        return new String(client.read(client.read()), ISO_8859_1);
    }

    @Override
    protected void rejectCredentials(Wire client) throws IOException {
        assertThat(readMethods(client)).isTrue();
        readPassword(client);
        client.write(Hex.bytes("01 01"));
    }

    @Override
    protected byte[] granted() {
        return Hex.bytes("05 00 00 04 00000000000000000000000000000000 0000");
    }

    @Override
    protected List<Refusal> refusals() {
        return List.of(
                Refusal.ofTarget("general failure", Reason.FAILED, refusal("01")),
                Refusal.ofTarget("not allowed by ruleset", Reason.DENIED, refusal("02")),
                Refusal.ofTarget("network unreachable", Reason.UNROUTABLE, refusal("03")),
                Refusal.ofTarget("host unreachable", Reason.UNREACHABLE, refusal("04")),
                Refusal.ofTarget("connection refused", Reason.REFUSED, refusal("05")),
                Refusal.ofTarget("TTL expired", Reason.TIMEOUT, refusal("06")),
                Refusal.ofServer("password wanted", Reason.AUTH, client -> {
                    client.read(3);
                    client.write(Hex.bytes("05 ff"));
                }),
                Refusal.wrong("a reply of SOCKS4", client -> client.write(Hex.bytes("00 5a 0000 00000000"))),
                Refusal.wrong("a reply of HTTP", client -> client.write("HTTP/1.1 400 Bad Request\r\n\r\n")));
    }

    private Refusal.Dialogue refusal(String code) {
        return reply(Hex.bytes("05" + code + "00 01 00000000 0000"));
    }
}
