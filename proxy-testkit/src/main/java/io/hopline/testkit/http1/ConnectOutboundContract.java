package io.hopline.testkit.http1;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.hopline.api.DialException.Reason;
import io.hopline.api.HostPort;
import io.hopline.api.settings.Credentials;
import io.hopline.api.settings.Secret;
import io.hopline.testkit.OutboundContract;
import io.hopline.testkit.Refusal;
import io.hopline.testkit.Wire;
import java.io.IOException;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What every outbound does that asks an HTTP/1.1 proxy by CONNECT (RFC 9110 section 9.3.6). */
public abstract class ConnectOutboundContract extends OutboundContract {

    private static final Pattern REQUEST =
            Pattern.compile("CONNECT (\\S+) HTTP/1\\.1\r\nHost: \\1(?:\r\nProxy-Authorization: Basic (\\S+))?\r\n\r\n");

    @Override
    protected Request readRequest(Wire client) throws IOException {
        String head = client.readThrough("\r\n\r\n");
        Matcher request = REQUEST.matcher(head);
        assertThat(request.matches()).as(head).isTrue();
        return new Request(
                HostPort.parse(request.group(1)),
                Optional.ofNullable(request.group(2)).map(ConnectOutboundContract::basic));
    }

    private static Credentials basic(String encoded) {
        String[] pair = new String(Base64.getDecoder().decode(encoded), UTF_8).split(":", 2);
        return new Credentials(pair[0], new Secret(pair[1]));
    }

    @Override
    protected void rejectCredentials(Wire client) throws IOException {
        assertThat(readRequest(client).credentials()).isPresent();
        client.write("HTTP/1.1 407 Proxy Authentication Required\r\nProxy-Authenticate: Basic realm=x\r\n\r\n");
    }

    @Override
    protected byte[] granted() {
        return bytes("HTTP/1.1 200 OK\r\nVia: 1.1 proxy\r\n\r\n");
    }

    @Override
    protected List<Refusal> refusals() {
        return List.of(
                Refusal.ofTarget("403", Reason.DENIED, status("403 Forbidden")),
                Refusal.ofTarget("408", Reason.TIMEOUT, status("408 Request Timeout")),
                Refusal.ofTarget("504", Reason.TIMEOUT, status("504 Gateway Timeout")),
                Refusal.ofTarget("502", Reason.UNREACHABLE, status("502 Bad Gateway")),
                Refusal.ofTarget("503", Reason.UNREACHABLE, status("503 Service Unavailable")),
                Refusal.ofTarget("400", Reason.REFUSED, status("400 Bad Request")),
                Refusal.ofTarget("302", Reason.REFUSED, status("302 Found")),
                Refusal.ofServer("407", Reason.AUTH, status("407 Proxy Authentication Required")),
                Refusal.wrong("a switch of protocols", status("101 Switching Protocols")),
                Refusal.wrong("no status", reply(bytes("HTTP/1.1 OK\r\n\r\n"))),
                Refusal.wrong("a bare LF", reply(bytes("HTTP/1.1 200 OK\n\r\n"))),
                Refusal.wrong("an unasked greeting", client -> client.write("220 ready\r\n")));
    }

    private Refusal.Dialogue status(String status) {
        return reply(bytes("HTTP/1.1 " + status + "\r\nContent-Length: 0\r\n\r\n"));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(ISO_8859_1);
    }
}
