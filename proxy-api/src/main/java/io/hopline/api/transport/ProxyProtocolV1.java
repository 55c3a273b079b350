package io.hopline.api.transport;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.hopline.api.transport.ProxyProtocolDecoder.Told;
import io.netty.buffer.ByteBuf;
import io.netty.util.NetUtil;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The header that is a line of text (section 2.1). */
final class ProxyProtocolV1 {

    static final byte[] BEGINNING = "PROXY ".getBytes(US_ASCII);

    private static final int LONGEST = 107;
    private static final Pattern V6 = Pattern.compile("[0-9a-fA-F:.]+"); // And so with no zone, and in no brackets.
    private static final Pattern PORT = Pattern.compile("0|[1-9][0-9]{0,4}");

    private ProxyProtocolV1() {}

    /** Null as long as the line's end has not come. */
    static @Nullable Told read(ByteBuf in) {
        int length = length(in);
        if (length < 0) {
            if (in.readableBytes() >= LONGEST) {
                throw ProxyProtocolDecoder.malformed("a line without an end within " + LONGEST + " bytes");
            }
            return null;
        }
        String line = in.readString(length, US_ASCII);
        in.skipBytes(2);
        String[] parts = line.split(" ", -1);
        if (line.equals("PROXY UNKNOWN") || line.startsWith("PROXY UNKNOWN ")) {
            return new Told(Optional.empty());
        }
        if (parts.length == 6) {
            InetAddress source = address(parts[1], parts[2]);
            InetAddress destination = address(parts[1], parts[3]);
            int port = port(parts[4]);
            if (source != null && destination != null && port >= 0 && port(parts[5]) >= 0) {
                return new Told(Optional.of(new InetSocketAddress(source, port)));
            }
        }
        throw ProxyProtocolDecoder.malformed("for \"" + line.replaceAll("[^ -~]", "?")
                + "\" is not PROXY TCP4 or PROXY TCP6, then two addresses of that kind and two ports");
    }

    private static int length(ByteBuf in) {
        int start = in.readerIndex();
        int last = Math.min(LONGEST, in.readableBytes()) - 2;
        for (int i = 0; i <= last; i++) {
            if (in.getByte(start + i) == '\r' && in.getByte(start + i + 1) == '\n') {
                return i;
            }
        }
        return -1;
    }

    private static @Nullable InetAddress address(String kind, String text) {
        boolean valid = switch (kind) {
            case "TCP4" -> NetUtil.isValidIpV4Address(text);
            case "TCP6" -> V6.matcher(text).matches() && NetUtil.isValidIpV6Address(text);
            default -> false;
        };
        if (!valid) {
            return null;
        }
        try {
            InetAddress address = InetAddress.getByAddress(NetUtil.createByteArrayFromIpAddressString(text));
            // Netty takes leading zeros for decimal, which others take for octal.
            return kind.equals("TCP4") && !address.getHostAddress().equals(text) ? null : address;
        } catch (UnknownHostException e) {
            throw new IllegalStateException("it has 4 or 16 bytes", e);
        }
    }

    /** Less than 0 if it is none. */
    private static int port(String text) {
        int port = PORT.matcher(text).matches() ? Integer.parseInt(text) : -1;
        return port > 0xffff ? -1 : port;
    }
}
