package io.hopline.socks;

import io.hopline.api.DialException;
import io.hopline.api.DialException.Reason;
import io.hopline.api.HopRef;
import io.hopline.api.HostPort;
import io.hopline.api.Step;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.net.SocketAddress;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a SOCKS5 server answers (REP, RFC 1928 section 6), and what that means to a dial. */
enum Socks5Reply {
    SUCCEEDED(0, "succeeded", Reason.PROTOCOL),
    GENERAL_FAILURE(1, "general SOCKS server failure", Reason.FAILED),
    NOT_ALLOWED(2, "connection not allowed by ruleset", Reason.DENIED),
    NETWORK_UNREACHABLE(3, "network unreachable", Reason.UNROUTABLE),
    HOST_UNREACHABLE(4, "host unreachable", Reason.UNREACHABLE),
    CONNECTION_REFUSED(5, "connection refused", Reason.REFUSED),
    TTL_EXPIRED(6, "TTL expired", Reason.TIMEOUT),
    COMMAND_NOT_SUPPORTED(7, "command not supported", Reason.REFUSED),
    ADDRESS_TYPE_NOT_SUPPORTED(8, "address type not supported", Reason.UNREACHABLE);

    private final int code;
    private final String meaning;
    private final Reason reason;

    Socks5Reply(int code, String meaning, Reason reason) {
        this.code = code;
        this.meaning = meaning;
        this.reason = reason;
    }

    /** The reply of this code; empty if it is unassigned. */
    static Optional<Socks5Reply> of(int code) {
        return Arrays.stream(values()).filter(reply -> reply.code == code).findFirst();
    }

    /**
     * How a client is told of a failed dial. A timeout is "TTL expired", as dante and microsocks have it: the RFC has nothing
     * nearer, and a client can so tell it from a host that has no route. What a hop has no words for is of a type that it can't say.
     */
    static Socks5Reply to(DialException failure) {
        return switch (failure.reason()) {
            case REFUSED -> CONNECTION_REFUSED;
            case UNREACHABLE -> failure.step() == Step.HANDSHAKE ? ADDRESS_TYPE_NOT_SUPPORTED : HOST_UNREACHABLE;
            case UNROUTABLE -> NETWORK_UNREACHABLE;
            case TIMEOUT -> TTL_EXPIRED;
            case DENIED -> NOT_ALLOWED;
            case AUTH, PROTOCOL, FAILED -> GENERAL_FAILURE;
        };
    }

    /** How a client is told that a peer can't be waited for or datagrams can't be carried: what says no is no target. */
    static Socks5Reply toCommand(DialException failure) {
        return failure.reason() == Reason.REFUSED && failure.at().equals(HopRef.TARGET)
                ? COMMAND_NOT_SUPPORTED
                : to(failure);
    }

    /** Why a dial fails with this reply. */
    Reason reason() {
        return reason;
    }

    /** As {@link #message(ByteBufAllocator, SocketAddress)}, with an address that is no socket's. */
    ByteBuf message(ByteBufAllocator alloc, HostPort address) {
        ByteBuf out = alloc.buffer().writeByte(Socks5.VERSION).writeByte(code).writeByte(Socks5.RESERVED);
        Socks5Address.write(out, address);
        return out;
    }

    /** The reply as a message; the address tells whence the target is reached. */
    ByteBuf message(ByteBufAllocator alloc, @Nullable SocketAddress bound) {
        ByteBuf out = alloc.buffer().writeByte(Socks5.VERSION).writeByte(code).writeByte(Socks5.RESERVED);
        Socks5Address.write(out, bound);
        return out;
    }

    /** Reads like {@code connection refused (5)}. */
    @Override
    public String toString() {
        return meaning + " (" + code + ")";
    }
}
