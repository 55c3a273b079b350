package io.hopline.socks;

import io.hopline.api.DialException.Reason;
import io.hopline.api.HopRef;
import io.hopline.api.Session;
import io.hopline.api.settings.Credentials;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * The client side of SOCKS5 (RFC 1928), with user and password (RFC 1929) where they are given and asked for.
 *
 * <p>Each message waits for the reply to the one before: some servers take what one read gives them for one message, and drop
 * what came along.
 */
final class Socks5Client extends SocksClient {

    private enum Next {
        METHOD,
        STATUS,
        REPLY
    }

    private static final int REPLY_HEAD_LENGTH = 3;

    private final Optional<Credentials> auth;
    private Next next = Next.METHOD;

    Socks5Client(Socks5Hop hop, HopRef at, Ask ask, Session session) {
        super(at, hop.at(), ask, session, hop.timeout());
        this.auth = hop.auth();
    }

    @Override
    protected void begin(ChannelHandlerContext ctx) {
        ByteBuf out = ctx.alloc().buffer().writeByte(Socks5.VERSION);
        if (auth.isPresent()) {
            out.writeByte(2).writeByte(Socks5.NO_AUTHENTICATION).writeByte(Socks5.USER_PASSWORD);
        } else {
            out.writeByte(1).writeByte(Socks5.NO_AUTHENTICATION);
        }
        ctx.write(out);
    }

    @Override
    protected void reply(ChannelHandlerContext ctx, ByteBuf in) {
        int version = in.getUnsignedByte(in.readerIndex());
        int expected = next == Next.STATUS ? Socks5.USER_PASSWORD_VERSION : Socks5.VERSION;
        if (version != expected) {
            fail(
                    Reason.PROTOCOL,
                    "the server doesn't speak SOCKS5: a reply begins with " + version + ", not " + expected);
        } else if (in.readableBytes() >= 2) {
            switch (next) {
                case METHOD -> method(ctx, in.skipBytes(1).readUnsignedByte());
                case STATUS -> status(ctx, in.skipBytes(1).readUnsignedByte());
                case REPLY -> answer(in);
            }
        }
    }

    /** Section 3: VER, METHOD. */
    private void method(ChannelHandlerContext ctx, int method) {
        if (method == Socks5.NO_AUTHENTICATION) {
            ask(ctx);
        } else if (method == Socks5.USER_PASSWORD && auth.isPresent()) {
            authenticate(ctx, auth.get());
        } else if (method == Socks5.NO_ACCEPTABLE_METHOD) {
            fail(
                    Reason.AUTH,
                    auth.isPresent()
                            ? "the server takes neither a password nor clients without"
                            : "the server wants clients to authenticate, and no auth is set");
        } else {
            fail(Reason.PROTOCOL, "the server chose method " + method + ", which was not offered");
        }
    }

    /** RFC 1929 section 2: VER, ULEN, UNAME, PLEN, PASSWD. */
    private void authenticate(ChannelHandlerContext ctx, Credentials credentials) {
        ByteBuf out = ctx.alloc().buffer().writeByte(Socks5.USER_PASSWORD_VERSION);
        writeText(out, credentials.user());
        writeText(out, credentials.password().reveal());
        ctx.writeAndFlush(out);
        next = Next.STATUS;
    }

    private static void writeText(ByteBuf out, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        out.writeByte(bytes.length).writeBytes(bytes);
    }

    /** RFC 1929 section 2: VER, STATUS. */
    private void status(ChannelHandlerContext ctx, int status) {
        if (status == Socks5.STATUS_SUCCESS) {
            ask(ctx);
        } else {
            fail(Reason.AUTH, "the server takes neither this user nor this password (" + status + ")");
        }
    }

    /** Section 4: VER, CMD, RSV, and the target. */
    private void ask(ChannelHandlerContext ctx) {
        ByteBuf out = ctx.alloc()
                .buffer()
                .writeByte(Socks5.VERSION)
                .writeByte(ask().command())
                .writeByte(Socks5.RESERVED);
        Socks5Address.write(out, ask().target());
        ctx.writeAndFlush(out);
        next = Next.REPLY;
    }

    /** Section 6: VER, REP, RSV, and an address; a failure counts without what should follow it. */
    private void answer(ByteBuf in) {
        int at = in.readerIndex();
        int code = in.getUnsignedByte(at + 1);
        Optional<Socks5Reply> reply = Socks5Reply.of(code);
        if (reply.isEmpty()) {
            fail(Reason.PROTOCOL, "the server sent a reply with the unassigned code " + code);
        } else if (reply.get() != Socks5Reply.SUCCEEDED) {
            failBehind(reply.get().reason(), reply.get().toString());
        } else if (in.readableBytes() >= REPLY_HEAD_LENGTH + Socks5Address.HEAD_LENGTH) {
            int length = Socks5Address.length(in, at + REPLY_HEAD_LENGTH);
            if (in.getByte(at + 2) != Socks5.RESERVED || length == Socks5Address.UNKNOWN) {
                fail(Reason.PROTOCOL, "the server sent a reply with a wrong reserved byte or address type");
            } else if (in.readableBytes() >= REPLY_HEAD_LENGTH + length) {
                granted(in.skipBytes(REPLY_HEAD_LENGTH), length, reply.get().toString());
            }
        }
    }

    /** CONNECT's address is nobody's concern, whatever name it may be. */
    private void granted(ByteBuf in, int length, String outcome) {
        if (ask().command() == Socks.CONNECT) {
            in.skipBytes(length);
            granted(ask().target(), outcome);
            return;
        }
        try {
            granted(Socks5Address.read(in), outcome);
        } catch (IllegalArgumentException e) {
            fail(Reason.PROTOCOL, "the server sent a reply with an address that is none: " + e.getMessage());
        }
    }
}
