package io.hopline.socks;

import io.hopline.api.DialException.Reason;
import io.hopline.api.Hop;
import io.hopline.api.HostPort;
import io.hopline.api.transport.Server;
import io.hopline.testkit.Hex;
import io.hopline.testkit.OutboundContract;
import io.hopline.testkit.Refusal;
import io.hopline.testkit.Wire;
import io.netty.util.NetUtil;
import java.io.IOException;
import java.time.Duration;
import java.util.List;

/** The hop that carries addresses alone, with a server of a test's own making. */
class Socks4OutboundTest extends OutboundContract {

    private static final String NUL = "\0";

    @Override
    protected Hop hop(HostPort server, Duration timeout) {
        return new Socks4Hop(new Server(server, List.of()), false, "me", timeout);
    }

    @Override
    protected List<HostPort> targets() {
        return List.of(
                new HostPort("192.0.2.1", 443), new HostPort("0.0.0.0", 1), new HostPort("255.255.255.255", 65535));
    }

    @Override
    protected Request readRequest(Wire client) throws IOException {
        client.expect(Hex.bytes("04 01"));
        int port = client.read() << 8 | client.read();
        byte[] address = client.read(4);
        client.expect("me" + NUL);
        boolean named = address[0] == 0 && address[1] == 0 && address[2] == 0 && address[3] != 0;
        String host = named ? client.readThrough(NUL).replace(NUL, "") : NetUtil.bytesToIpAddress(address);
        return Request.of(new HostPort(host, port));
    }

    @Override
    protected byte[] granted() {
        return Hex.bytes("00 5a 1234 c0000201");
    }

    @Override
    protected List<Refusal> refusals() {
        return List.of(
                Refusal.ofTarget("rejected", Reason.REFUSED, reply(Hex.bytes("00 5b 0000 00000000"))),
                Refusal.ofServer("no identd", Reason.AUTH, reply(Hex.bytes("00 5c 0000 00000000"))),
                Refusal.ofServer("another user", Reason.AUTH, reply(Hex.bytes("00 5d 0000 00000000"))),
                Refusal.wrong("a reply of SOCKS5", reply(Hex.bytes("05 ff"))),
                Refusal.wrong("a reply of HTTP", reply(Hex.bytes(Hex.text("HTTP/1.1 400 Bad Request\r\n\r\n")))));
    }
}
