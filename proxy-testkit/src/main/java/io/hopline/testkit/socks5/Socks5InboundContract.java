package io.hopline.testkit.socks5;

import io.hopline.api.DialException.Reason;
import io.hopline.api.HostPort;
import io.hopline.testkit.Hex;
import io.hopline.testkit.InboundContract;
import io.hopline.testkit.Wire;
import io.hopline.testkit.WrongRequest;
import io.netty.util.NetUtil;
import java.io.IOException;
import java.util.List;

/** What every inbound does that opens tunnels by CONNECT of SOCKS 5 (RFC 1928 section 4), once its clients have been introduced. */
public abstract class Socks5InboundContract extends InboundContract {

    /** All that goes before the request, in hex: by default that of somebody without a password. */
    protected String introduction() {
        return "05 01 00";
    }

    /** What answers that, in hex. */
    protected String introduced() {
        return "05 00";
    }

    @Override
    protected byte[] request(HostPort target) {
        return Hex.bytes(introduction() + "05 01 00" + address(target.host()) + String.format("%04x", target.port()));
    }

    private static String address(String host) {
        if (NetUtil.isValidIpV4Address(host)) {
            return "01" + Hex.of(NetUtil.createByteArrayFromIpAddressString(host));
        }
        return NetUtil.isValidIpV6Address(host)
                ? "04" + Hex.of(NetUtil.createByteArrayFromIpAddressString(host))
                : "03" + Hex.counted(host);
    }

    /** The bound address may be that of a socket, or none where a stream has none. */
    @Override
    protected void readGranted(Wire client) throws IOException {
        client.expect(Hex.bytes(introduced() + "05 00 00"));
        client.read(client.read() == 1 ? 6 : 18);
    }

    @Override
    protected void readRefused(Wire client, Reason reason) throws IOException {
        String code = switch (reason) {
            case REFUSED -> "05";
            case UNREACHABLE -> "04";
            case UNROUTABLE -> "03";
            case TIMEOUT -> "06";
            case DENIED -> "02";
            case AUTH, PROTOCOL, FAILED -> "01";
        };
        client.expect(Hex.bytes(introduced() + "05" + code + "00 01 00000000 0000"));
    }

    @Override
    protected List<WrongRequest> wrongRequests() {
        return List.of(
                wrong("no method", "05 00"),
                wrong("BIND", introduction() + "05 02 00 01 7f000001 0050"),
                wrong("UDP ASSOCIATE", introduction() + "05 03 00 01 00000000 0000"),
                wrong("a name with a NUL", introduction() + "05 01 00 03" + Hex.counted("a\0b") + "0050"));
    }

    protected static WrongRequest wrong(String name, String hex) {
        return new WrongRequest(name, Hex.bytes(hex));
    }
}
