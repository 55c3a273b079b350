package io.hopline.socks;

import io.hopline.api.DialException;
import io.hopline.api.HostPort;
import io.hopline.api.Outbound;
import io.hopline.api.PacketOutbound;
import io.hopline.api.PassiveOutbound;
import io.hopline.api.Session;
import io.hopline.api.handshake.ServerHandshake;
import io.hopline.api.users.Users;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.util.NetUtil;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;

/** The server side of SOCKS5 (RFC 1928), with user and password (RFC 1929) where there are users. */
final class Socks5Server extends ServerHandshake {

    private enum Next {
        METHODS,
        PASSWORD,
        REQUEST
    }

    private static final int REQUEST_HEAD_LENGTH = 3;
    private static final Set<String> ANY = Set.of("0.0.0.0", "::");

    private final Optional<Users> users;
    private final Socks5Entry entry;
    private Next next = Next.METHODS;

    Socks5Server(Socks5Entry entry, Channel client, Session session, Outbound outbound) {
        super(client, session, outbound, entry.timeout());
        this.users = entry.users();
        this.entry = entry;
    }

    @Override
    protected void request(ByteBuf in) {
        switch (next) {
            case METHODS -> methods(in);
            case PASSWORD -> users.ifPresent(known -> password(in, known));
            case REQUEST -> command(in);
        }
    }

    /** Section 3: VER, NMETHODS, METHODS. */
    private void methods(ByteBuf in) {
        int at = in.readerIndex();
        if (in.getByte(at) != Socks5.VERSION) {
            drop("client doesn't speak SOCKS5: its first byte is " + in.getUnsignedByte(at));
            return;
        }
        if (in.readableBytes() < 2 || in.readableBytes() < 2 + in.getUnsignedByte(at + 1)) {
            return;
        }
        int method = users.isPresent() ? Socks5.USER_PASSWORD : Socks5.NO_AUTHENTICATION;
        ByteBuf offered = in.skipBytes(1).readSlice(in.readUnsignedByte());
        if (offered.bytesBefore((byte) method) < 0) {
            refuse(
                    twoBytes(Socks5.VERSION, Socks5.NO_ACCEPTABLE_METHOD),
                    users.isPresent()
                            ? "client offers no password"
                            : "client doesn't offer to go without authentication");
            return;
        }
        client().writeAndFlush(twoBytes(Socks5.VERSION, method), client().voidPromise());
        next = users.isPresent() ? Next.PASSWORD : Next.REQUEST;
    }

    /** RFC 1929 section 2: VER, ULEN, UNAME, PLEN, PASSWD. */
    private void password(ByteBuf in, Users known) {
        int at = in.readerIndex();
        if (in.getByte(at) != Socks5.USER_PASSWORD_VERSION) {
            refusePassword("client negotiates user and password in version " + in.getUnsignedByte(at));
            return;
        }
        int userLength = in.readableBytes() < 2 ? 0 : in.getUnsignedByte(at + 1);
        int head = 2 + userLength + 1;
        if (in.readableBytes() < head || in.readableBytes() < head + in.getUnsignedByte(at + head - 1)) {
            return;
        }
        String user = in.skipBytes(2).readString(userLength, StandardCharsets.UTF_8);
        String password = in.readString(in.readUnsignedByte(), StandardCharsets.UTF_8);
        if (user.isEmpty() || password.isEmpty()) {
            refusePassword("client sends an empty user or password");
            return;
        }
        await(known.check(user, password, session()), answer -> {
            switch (answer) {
                case WRONG -> refusePassword("wrong user or password");
                case TOO_BUSY -> refusePassword(Socks5.STATUS_TOO_BUSY, "too many passwords wait to be checked");
                case RIGHT -> proved(user);
            }
        });
    }

    private void proved(String user) {
        identified(user);
        client().writeAndFlush(twoBytes(Socks5.USER_PASSWORD_VERSION, Socks5.STATUS_SUCCESS), client().voidPromise());
        next = Next.REQUEST;
    }

    /** Section 4: VER, CMD, RSV, and the target. */
    private void command(ByteBuf in) {
        int at = in.readerIndex();
        if (in.readableBytes() < REQUEST_HEAD_LENGTH + Socks5Address.HEAD_LENGTH) {
            return;
        }
        int command = in.getUnsignedByte(at + 1);
        int length = Socks5Address.length(in, at + REQUEST_HEAD_LENGTH);
        if (in.getByte(at) != Socks5.VERSION || in.getByte(at + 2) != Socks5.RESERVED) {
            refuse(Socks5Reply.GENERAL_FAILURE, "client sends a request with a wrong version or reserved byte");
        } else if (!serves(command)) {
            refuse(Socks5Reply.COMMAND_NOT_SUPPORTED, notServed(command));
        } else if (length == Socks5Address.UNKNOWN) {
            refuse(Socks5Reply.ADDRESS_TYPE_NOT_SUPPORTED, "client asks for an address of an unknown type");
        } else if (in.readableBytes() >= REQUEST_HEAD_LENGTH + length) {
            command(command, in.skipBytes(REQUEST_HEAD_LENGTH));
        }
    }

    private boolean serves(int command) {
        return switch (command) {
            case Socks.CONNECT -> true;
            case Socks.BIND -> entry.bind().isPresent() && outbound() instanceof PassiveOutbound;
            case Socks.UDP_ASSOCIATE -> entry.udp().isPresent() && outbound() instanceof PacketOutbound;
            default -> false;
        };
    }

    private static String notServed(int command) {
        return switch (command) {
            case Socks.BIND -> Socks.BIND_NOT_SERVED;
            case Socks.UDP_ASSOCIATE -> "client asks for UDP, and udp = true is not set";
            default -> "client asks for command " + command;
        };
    }

    private void command(int command, ByteBuf in) {
        HostPort target;
        try {
            target = Socks5Address.read(in);
        } catch (IllegalArgumentException e) {
            refuse(Socks5Reply.GENERAL_FAILURE, "client asks for a target that is none: " + e.getMessage());
            return;
        }
        switch (command) {
            case Socks.BIND -> bind(target);
            case Socks.UDP_ASSOCIATE -> associate(target);
            default -> connect(target);
        }
    }

    private void connect(HostPort target) {
        if (target.port() == 0) {
            refuse(Socks5Reply.GENERAL_FAILURE, "client asks for port 0");
        } else {
            open(target);
        }
    }

    private void bind(HostPort expected) {
        leaveTo(session -> new Binding(client(), session, expected, new Binding.Replies() {
                    @Override
                    public ByteBuf granted(HostPort address) {
                        return Socks5Reply.SUCCEEDED.message(client().alloc(), address);
                    }

                    @Override
                    public ByteBuf refused(DialException failure) {
                        return failed(Socks5Reply.toCommand(failure));
                    }
                })
                .open((PassiveOutbound) outbound(), entry.bind().orElseThrow()));
    }

    /** Where the datagrams will come from counts for its port; the host is the client's own (section 6 leaves that to us). */
    private void associate(HostPort from) {
        leaveTo(session -> new Association(
                        client(),
                        session,
                        announcedPort(from, session),
                        entry.udp().orElseThrow())
                .open((PacketOutbound) outbound()));
    }

    /** A port behind an address that isn't the client's as we see it is one before a NAT, and tells nothing. */
    private static int announcedPort(HostPort from, Session session) {
        byte[] address = NetUtil.createByteArrayFromIpAddressString(from.host());
        boolean own = address != null
                && session.client() instanceof InetSocketAddress client
                && Arrays.equals(address, client.getAddress().getAddress());
        return own || ANY.contains(from.host()) ? from.port() : 0;
    }

    @Override
    protected ByteBuf opened(Channel target) {
        return Socks5Reply.SUCCEEDED.message(client().alloc(), target.localAddress());
    }

    @Override
    protected ByteBuf refused(DialException failure) {
        return failed(Socks5Reply.to(failure));
    }

    private void refuse(Socks5Reply reply, String outcome) {
        refuse(failed(reply), outcome);
    }

    private void refusePassword(String outcome) {
        refusePassword(Socks5.STATUS_FAILURE, outcome);
    }

    private void refusePassword(int status, String outcome) {
        refuse(twoBytes(Socks5.USER_PASSWORD_VERSION, status), outcome);
    }

    private ByteBuf failed(Socks5Reply reply) {
        return reply.message(client().alloc(), (SocketAddress) null);
    }

    private ByteBuf twoBytes(int first, int second) {
        return client().alloc().buffer(2).writeByte(first).writeByte(second);
    }
}
