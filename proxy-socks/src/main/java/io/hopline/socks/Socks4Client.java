package io.hopline.socks;

import io.hopline.api.DialException.Reason;
import io.hopline.api.HopRef;
import io.hopline.api.HostPort;
import io.hopline.api.Session;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.util.NetUtil;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** The client side of SOCKS4 (section 1 of its description), and of 4A for what is not an IPv4 address. */
final class Socks4Client extends SocksClient {

    private static final int NAME_FOLLOWS = 1;

    private final Socks4Hop hop;

    Socks4Client(Socks4Hop hop, HopRef at, Ask ask, Session session) {
        super(at, hop.at(), ask, session, hop.timeout());
        this.hop = hop;
    }

    @Override
    protected void begin(ChannelHandlerContext ctx) {
        HostPort target = ask().target();
        ByteBuf out = ctx.alloc()
                .buffer()
                .writeByte(Socks4.VERSION)
                .writeByte(ask().command())
                .writeShort(target.port());
        boolean address = Socks4.isAddress(target.host());
        if (address) {
            out.writeBytes(NetUtil.createByteArrayFromIpAddressString(target.host()));
        } else {
            out.writeInt(NAME_FOLLOWS);
        }
        out.writeCharSequence(hop.userId(), StandardCharsets.UTF_8);
        out.writeByte(0);
        if (!address) {
            out.writeCharSequence(target.host(), StandardCharsets.US_ASCII);
            out.writeByte(0);
        }
        ctx.write(out);
    }

    @Override
    protected void reply(ChannelHandlerContext ctx, ByteBuf in) {
        int at = in.readerIndex();
        if (in.getByte(at) != Socks4.REPLY_VERSION) {
            fail(
                    Reason.PROTOCOL,
                    "the server doesn't speak SOCKS4: its reply begins with " + in.getUnsignedByte(at) + ", not 0");
        } else if (in.readableBytes() >= 2) {
            answer(in, in.getUnsignedByte(at + 1));
        }
    }

    /** VN, CD, and an address; a failure counts without it. */
    private void answer(ByteBuf in, int code) {
        Optional<Socks4Reply> reply = Socks4Reply.of(code);
        if (reply.isEmpty()) {
            fail(Reason.PROTOCOL, "the server sent a reply with the unknown code " + code);
        } else if (reply.get().reason() == Reason.AUTH) {
            fail(Reason.AUTH, reply.get().toString());
        } else if (reply.get() != Socks4Reply.GRANTED) {
            failBehind(reply.get().reason(), reply.get().toString());
        } else if (in.readableBytes() >= Socks4.REPLY_LENGTH) {
            int port = in.skipBytes(2).readUnsignedShort();
            granted(
                    new HostPort(NetUtil.intToIpAddress(in.readInt()), port),
                    reply.get().toString());
        }
    }
}
