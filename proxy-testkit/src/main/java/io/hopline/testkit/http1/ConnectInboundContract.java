package io.hopline.testkit.http1;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.hopline.api.DialException.Reason;
import io.hopline.api.HostPort;
import io.hopline.testkit.InboundContract;
import io.hopline.testkit.Wire;
import io.hopline.testkit.WrongRequest;
import java.io.IOException;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What every inbound does that opens tunnels by CONNECT over HTTP/1.1 (RFC 9110 section 9.3.6). */
public abstract class ConnectInboundContract extends InboundContract {

    private static final Pattern LENGTH = Pattern.compile("\r\ncontent-length: (\\d+)\r\n");

    @Override
    protected byte[] request(HostPort target) {
        return ("CONNECT " + target + " HTTP/1.1\r\nHost: " + target + "\r\n\r\n").getBytes(ISO_8859_1);
    }

    @Override
    protected void readGranted(Wire client) throws IOException {
        client.expect("HTTP/1.1 200 Connection established\r\n\r\n");
    }

    @Override
    protected void readRefused(Wire client, Reason reason) throws IOException {
        String head = client.readThrough("\r\n\r\n");
        assertThat(head)
                .startsWith("HTTP/1.1 " + status(reason) + " ")
                .contains("\r\nconnection: close\r\n")
                .contains("\r\nproxy-status: hopline; error=");
        Matcher length = LENGTH.matcher(head);
        assertThat(length.find()).as(head).isTrue();
        assertThat(new String(client.read(Integer.parseInt(length.group(1))), ISO_8859_1))
                .startsWith("The target can't be reached. ")
                .contains("no luck")
                .endsWith("\n");
    }

    private static int status(Reason reason) {
        return switch (reason) {
            case REFUSED, UNREACHABLE, UNROUTABLE, AUTH, PROTOCOL, FAILED -> 502;
            case TIMEOUT -> 504;
            case DENIED -> 403;
        };
    }

    @Override
    protected List<WrongRequest> wrongRequests() {
        return List.of(
                wrong("no port", "CONNECT example.org HTTP/1.1\r\nHost: h\r\n\r\n"),
                wrong("port 0", "CONNECT example.org:0 HTTP/1.1\r\nHost: h\r\n\r\n"),
                wrong("no Host", "CONNECT example.org:1 HTTP/1.1\r\n\r\n"),
                wrong("a body", "CONNECT example.org:1 HTTP/1.1\r\nHost: h\r\nContent-Length: 1\r\n\r\nx"),
                wrong("a bare LF", "CONNECT example.org:1 HTTP/1.1\nHost: h\r\n\r\n"),
                wrong("another version", "CONNECT example.org:1 HTTP/3.0\r\nHost: h\r\n\r\n"),
                wrong("a TLS hello", "\u0016\u0003\u0001\u0002\u0000\u0001\r\n\r\n"));
    }

    private static WrongRequest wrong(String name, String text) {
        return new WrongRequest(name, text.getBytes(ISO_8859_1));
    }
}
