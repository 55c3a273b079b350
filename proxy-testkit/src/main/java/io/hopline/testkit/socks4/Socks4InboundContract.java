package io.hopline.testkit.socks4;

import io.hopline.api.DialException.Reason;
import io.hopline.api.HostPort;
import io.hopline.testkit.Hex;
import io.hopline.testkit.InboundContract;
import io.hopline.testkit.Wire;
import io.hopline.testkit.WrongRequest;
import io.netty.util.NetUtil;
import java.io.IOException;
import java.util.List;

/** What every inbound does that opens tunnels by CONNECT of SOCKS 4 and 4A. */
public abstract class Socks4InboundContract extends InboundContract {

    @Override
    protected List<HostPort> targets() {
        return List.of(new HostPort("name.invalid", 443), new HostPort("192.0.2.1", 1));
    }

    @Override
    protected byte[] request(HostPort target) {
        String head = "04 01" + String.format("%04x", target.port());
        String userId = Hex.text("me\0");
        return Hex.bytes(
                NetUtil.isValidIpV4Address(target.host())
                        ? head + Hex.of(NetUtil.createByteArrayFromIpAddressString(target.host())) + userId
                        : head + "00000001" + userId + Hex.text(target.host() + "\0"));
    }

    @Override
    protected void readGranted(Wire client) throws IOException {
        client.expect(Hex.bytes("00 5a"));
        client.read(6);
    }

    @Override
    protected void readRefused(Wire client, Reason reason) throws IOException {
        client.expect(Hex.bytes("00 5b 0000 00000000"));
    }

    @Override
    protected List<WrongRequest> wrongRequests() {
        return List.of(
                wrong("BIND", "04 02 0050 7f000001 00"),
                wrong("port 0", "04 01 0000 7f000001 00"),
                wrong("an empty name", "04 01 0050 00000001 00 00"),
                wrong("a user id without an end", "04 01 0050 7f000001" + Hex.text("u".repeat(300))));
    }

    protected static WrongRequest wrong(String name, String hex) {
        return new WrongRequest(name, Hex.bytes(hex));
    }
}
