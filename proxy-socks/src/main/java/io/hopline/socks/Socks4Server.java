package io.hopline.socks;

import io.hopline.api.DialException;
import io.hopline.api.HostPort;
import io.hopline.api.Outbound;
import io.hopline.api.PassiveOutbound;
import io.hopline.api.Session;
import io.hopline.api.handshake.ServerHandshake;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.util.NetUtil;
import java.net.SocketAddress;
import java.nio.charset.StandardCharsets;

/** The server side of SOCKS4 (section 1 of its description: VN, CD, DSTPORT, DSTIP, USERID, NUL) and of 4A (a name and a NUL more). */
final class Socks4Server extends ServerHandshake {

    private static final int UNFINISHED = -1;

    private final Socks4Entry entry;

    Socks4Server(Socks4Entry entry, Channel client, Session session, Outbound outbound) {
        super(client, session, outbound, entry.timeout());
        this.entry = entry;
    }

    @Override
    protected void request(ByteBuf in) {
        int at = in.readerIndex();
        if (in.getByte(at) != Socks4.VERSION) {
            drop("client doesn't speak SOCKS4: its first byte is " + in.getUnsignedByte(at));
        } else if (in.readableBytes() >= 2 && !serves(in.getByte(at + 1))) {
            int command = in.getUnsignedByte(at + 1);
            reject(command == Socks.BIND ? Socks.BIND_NOT_SERVED : "client asks for command " + command);
        } else if (in.readableBytes() > Socks4.HEAD_LENGTH) {
            texts(in, at);
        }
    }

    private boolean serves(int command) {
        return command == Socks.CONNECT
                || (command == Socks.BIND && entry.bind().isPresent() && outbound() instanceof PassiveOutbound);
    }

    /** What follows the head: the user id, and the name if one is announced. */
    private void texts(ByteBuf in, int at) {
        int port = in.getUnsignedShort(at + 2);
        int address = in.getInt(at + 4);
        int userId = at + Socks4.HEAD_LENGTH;
        int userIdLength = length(in, userId, Socks4.USER_ID_MAX, "user id");
        if (userIdLength == UNFINISHED) {
            return;
        }
        int name = userId + userIdLength + 1;
        if (!Socks4.announcesName(address)) {
            in.readerIndex(name);
            command(in.getByte(at + 1), NetUtil.intToIpAddress(address), port);
            return;
        }
        int nameLength = length(in, name, Socks4.NAME_MAX, "host name");
        if (nameLength != UNFINISHED) {
            in.readerIndex(name + nameLength + 1);
            command(in.getByte(at + 1), in.toString(name, nameLength, StandardCharsets.ISO_8859_1), port);
        }
    }

    /** How long the text at the index is, up to its NUL; or UNFINISHED, also if its client has been turned away. */
    private int length(ByteBuf in, int index, int max, String what) {
        int available = in.writerIndex() - index;
        int length = in.bytesBefore(index, Math.min(available, max + 1), (byte) 0);
        if (length < 0 && available > max) {
            reject("client sends a " + what + " of more than " + max + " bytes");
        }
        return length < 0 ? UNFINISHED : length;
    }

    private void command(int command, String host, int port) {
        HostPort target;
        try {
            target = new HostPort(host, port);
        } catch (IllegalArgumentException e) {
            reject("client asks for a target that is none: " + e.getMessage());
            return;
        }
        if (command == Socks.BIND) {
            bind(target);
        } else if (port == 0) {
            reject("client asks for port 0");
        } else {
            open(target);
        }
    }

    private void bind(HostPort expected) {
        leaveTo(session -> new Binding(client(), session, expected, new Binding.Replies() {
                    @Override
                    public ByteBuf granted(HostPort address) {
                        return Socks4Reply.GRANTED.message(client().alloc(), address);
                    }

                    @Override
                    public ByteBuf refused(DialException failure) {
                        return rejected();
                    }
                })
                .open((PassiveOutbound) outbound(), entry.bind().orElseThrow()));
    }

    @Override
    protected ByteBuf opened(Channel target) {
        return Socks4Reply.GRANTED.message(client().alloc(), target.localAddress());
    }

    @Override
    protected ByteBuf refused(DialException failure) {
        return rejected();
    }

    private void reject(String outcome) {
        refuse(rejected(), outcome);
    }

    private ByteBuf rejected() {
        return Socks4Reply.REJECTED.message(client().alloc(), (SocketAddress) null);
    }
}
