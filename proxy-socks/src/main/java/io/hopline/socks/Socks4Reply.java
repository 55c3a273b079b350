package io.hopline.socks;

import io.hopline.api.DialException.Reason;
import io.hopline.api.HostPort;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.util.NetUtil;
import java.net.Inet4Address;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a SOCKS4 server answers (CD, section 1), and what that means to a dial. */
enum Socks4Reply {
    GRANTED(90, "request granted", Reason.PROTOCOL),
    /** Any failure of ours: the other two speak of identd, which nobody is asked for here. */
    REJECTED(91, "request rejected or failed", Reason.REFUSED),
    NO_IDENTD(92, "request rejected because the server can't ask an identd on the client", Reason.AUTH),
    OTHER_USER(93, "request rejected because identd reports another user id", Reason.AUTH);

    private final int code;
    private final String meaning;
    private final Reason reason;

    Socks4Reply(int code, String meaning, Reason reason) {
        this.code = code;
        this.meaning = meaning;
        this.reason = reason;
    }

    /** The reply of this code; empty if the protocol knows none. */
    static Optional<Socks4Reply> of(int code) {
        return Arrays.stream(values()).filter(reply -> reply.code == code).findFirst();
    }

    /** Why a dial fails with this reply. */
    Reason reason() {
        return reason;
    }

    /** The reply as a message; the address, as far as SOCKS4 can say it, tells whence the target is reached. */
    ByteBuf message(ByteBufAllocator alloc, @Nullable SocketAddress bound) {
        ByteBuf out = alloc.buffer(Socks4.REPLY_LENGTH)
                .writeByte(Socks4.REPLY_VERSION)
                .writeByte(code);
        return bound instanceof InetSocketAddress known && known.getAddress() instanceof Inet4Address address
                ? out.writeShort(known.getPort()).writeBytes(address.getAddress())
                : out.writeZero(Short.BYTES + Integer.BYTES);
    }

    /** As {@link #message(ByteBufAllocator, SocketAddress)}, with an address that is no socket's, as far as SOCKS4 can say it. */
    ByteBuf message(ByteBufAllocator alloc, HostPort address) {
        ByteBuf out = alloc.buffer(Socks4.REPLY_LENGTH)
                .writeByte(Socks4.REPLY_VERSION)
                .writeByte(code)
                .writeShort(address.port());
        return NetUtil.isValidIpV4Address(address.host())
                ? out.writeBytes(NetUtil.createByteArrayFromIpAddressString(address.host()))
                : out.writeZero(Integer.BYTES);
    }

    /** Reads like {@code request rejected or failed (91)}. */
    @Override
    public String toString() {
        return meaning + " (" + code + ")";
    }
}
