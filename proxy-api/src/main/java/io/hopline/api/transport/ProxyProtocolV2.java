package io.hopline.api.transport;

import io.hopline.api.transport.ProxyProtocolDecoder.Told;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/** The header in bytes (section 2.2). */
final class ProxyProtocolV2 {

    static final byte[] SIGNATURE = {0x0d, 0x0a, 0x0d, 0x0a, 0, 0x0d, 0x0a, 'Q', 'U', 'I', 'T', 0x0a};

    private static final int HEAD = 16;
    private static final int VERSION_AND_COMMAND = 12;
    private static final int FAMILY_AND_PROTOCOL = 13;
    private static final int LENGTH = 14;

    private static final int LOCAL = 0x20;
    private static final int PROXY = 0x21;
    private static final int UNIX = 3;
    private static final int DATAGRAMS = 2;

    /** How many bytes the addresses of a family take, ports and all. */
    private static final int[] ADDRESSES = {0, 12, 36, 216};

    /** Behind the addresses far more than any load balancer adds; a header may claim 64 KiB. */
    private static final int MOST = 216 + 8192;

    private static final int TLV_HEAD = 3;
    private static final int CHECKSUM = 3;

    private ProxyProtocolV2() {}

    /** Null as long as it is not all there. */
    static @Nullable Told read(ByteBuf in) {
        if (in.readableBytes() < HEAD) {
            return null;
        }
        int command = in.getUnsignedByte(in.readerIndex() + VERSION_AND_COMMAND);
        if (command != LOCAL && command != PROXY) {
            throw ProxyProtocolDecoder.malformed(
                    "its version and command 0x" + Integer.toHexString(command) + " are not 0x20 or 0x21");
        }
        int length = in.getUnsignedShort(in.readerIndex() + LENGTH);
        if (length > MOST) {
            throw ProxyProtocolDecoder.malformed(
                    "it has " + length + " bytes behind its head, and " + MOST + " at most");
        }
        if (in.readableBytes() < HEAD + length) {
            return null;
        }
        ByteBuf header = in.readSlice(HEAD + length);
        return new Told(command == LOCAL ? Optional.empty() : client(header));
    }

    private static Optional<InetSocketAddress> client(ByteBuf header) {
        int kind = header.getUnsignedByte(FAMILY_AND_PROTOCOL);
        int family = kind >> 4;
        int protocol = kind & 0xf;
        if (family > UNIX || protocol > DATAGRAMS) {
            throw ProxyProtocolDecoder.malformed(
                    "its family and protocol 0x" + Integer.toHexString(kind) + " are none");
        }
        if (family == 0 || protocol == 0) {
            return Optional.empty();
        }
        int tlvs = HEAD + ADDRESSES[family];
        if (header.writerIndex() < tlvs) {
            throw ProxyProtocolDecoder.malformed(
                    "its " + (header.writerIndex() - HEAD) + " bytes are too few for its addresses");
        }
        check(header, tlvs);
        return family == UNIX ? Optional.empty() : Optional.of(source(header, (ADDRESSES[family] - 4) / 2));
    }

    private static InetSocketAddress source(ByteBuf header, int size) {
        try {
            InetAddress address = InetAddress.getByAddress(ByteBufUtil.getBytes(header, HEAD, size));
            return new InetSocketAddress(address, header.getUnsignedShort(HEAD + 2 * size));
        } catch (UnknownHostException e) {
            throw new IllegalStateException("it has 4 or 16 bytes", e);
        }
    }

    private static void check(ByteBuf header, int tlvs) {
        int end = header.writerIndex();
        int next;
        for (int at = tlvs; at < end; at = next) {
            next = at + TLV_HEAD + (end - at < TLV_HEAD ? 0 : header.getUnsignedShort(at + 1));
            if (next > end) {
                throw ProxyProtocolDecoder.malformed("what it has behind the addresses goes beyond its end");
            }
            if (header.getByte(at) == CHECKSUM) {
                checkSum(header, at + TLV_HEAD, next);
            }
        }
    }

    /** Section 2.2.3: it was made with zeros in its own place. */
    private static void checkSum(ByteBuf header, int from, int to) {
        if (to - from != Integer.BYTES) {
            throw ProxyProtocolDecoder.malformed("its checksum has " + (to - from) + " bytes, and not 4");
        }
        CRC32C sum = new CRC32C();
        sum.update(header.nioBuffer(0, from));
        sum.update(new byte[Integer.BYTES]);
        sum.update(header.nioBuffer(to, header.writerIndex() - to));
        if (sum.getValue() != header.getUnsignedInt(from)) {
            throw ProxyProtocolDecoder.malformed("its checksum 0x" + Long.toHexString(header.getUnsignedInt(from))
                    + " should be 0x" + Long.toHexString(sum.getValue()));
        }
    }
}
