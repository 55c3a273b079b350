package io.hopline.socks;

import io.hopline.api.HostPort;
import io.netty.buffer.ByteBuf;
import io.netty.util.NetUtil;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** ATYP, address and port as they stand in requests and replies (RFC 1928 section 5). */
final class Socks5Address {

    /** The least number of bytes that tells how long an address is. */
    static final int HEAD_LENGTH = 2;

    /** No ATYP that the RFC knows. */
    static final int UNKNOWN = -1;

    private static final int IPV4 = 1;
    private static final int NAME = 3;
    private static final int IPV6 = 4;
    private static final int IPV4_LENGTH = 4;
    private static final int IPV6_LENGTH = 16;

    private Socks5Address() {}

    /** How many bytes it takes, from ATYP to the port, given the first {@link #HEAD_LENGTH} at the index; or {@link #UNKNOWN}. */
    static int length(ByteBuf in, int index) {
        int address = switch (in.getByte(index)) {
            case IPV4 -> IPV4_LENGTH;
            case NAME -> 1 + in.getUnsignedByte(index + 1);
            case IPV6 -> IPV6_LENGTH;
            default -> UNKNOWN;
        };
        return address == UNKNOWN ? UNKNOWN : 1 + address + Short.BYTES;
    }

    /**
     * Takes a whole address, of a known ATYP, out of the buffer.
     *
     * @throws IllegalArgumentException if the name is none, after the address has been taken
     */
    static HostPort read(ByteBuf in) {
        int type = in.readByte();
        byte[] host = new byte
                [switch (type) {
                    case IPV4 -> IPV4_LENGTH;
                    case NAME -> in.readUnsignedByte();
                    default -> IPV6_LENGTH;
                }];
        in.readBytes(host);
        int port = in.readUnsignedShort();
        return new HostPort(type == NAME ? new String(host, StandardCharsets.ISO_8859_1) : literal(host), port);
    }

    /** Writes a name as a name and a literal as an address; one with a zone, which four or sixteen bytes can't say, is a name. */
    static void write(ByteBuf out, HostPort target) {
        String host = target.host();
        if (target.isLiteral() && host.indexOf('%') < 0) {
            byte[] address = NetUtil.createByteArrayFromIpAddressString(host);
            out.writeByte(address.length == IPV4_LENGTH ? IPV4 : IPV6).writeBytes(address);
        } else {
            out.writeByte(NAME).writeByte(host.length()).writeCharSequence(host, StandardCharsets.US_ASCII);
        }
        out.writeShort(target.port());
    }

    /** Writes a socket's address, or 0.0.0.0:0 for any other kind. */
    static void write(ByteBuf out, @Nullable SocketAddress bound) {
        if (bound instanceof InetSocketAddress known && !known.isUnresolved()) {
            byte[] address = known.getAddress().getAddress();
            out.writeByte(address.length == IPV4_LENGTH ? IPV4 : IPV6)
                    .writeBytes(address)
                    .writeShort(known.getPort());
        } else {
            out.writeByte(IPV4).writeZero(IPV4_LENGTH + Short.BYTES);
        }
    }

    /** An IPv4 address mapped into IPv6 comes out as the IPv4 address that it is, so that no rule sees another host than the dial. */
    static String literal(byte[] address) {
        try {
            return NetUtil.toAddressString(InetAddress.getByAddress(address));
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException(e);
        }
    }
}
