package io.hopline.socks;

import io.hopline.api.HostPort;
import io.hopline.api.Packet;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.CompositeByteBuf;
import io.netty.buffer.Unpooled;
import org.jspecify.annotations.Nullable;

/** Datagrams between a client and a relay: RSV, FRAG, an address and the data (RFC 1928 section 7). Each remembers its last address. */
final class Datagrams {

    private static final int RESERVED_LENGTH = 2;
    private static final int HEAD_LENGTH = RESERVED_LENGTH + 1;
    private static final int PARTS = 2;

    private ByteBuf readHead = Unpooled.EMPTY_BUFFER;
    private @Nullable HostPort readPeer;
    private ByteBuf writtenHead = Unpooled.EMPTY_BUFFER;
    private @Nullable HostPort writtenPeer;

    /**
     * Takes a datagram apart.
     *
     * @param datagram taken over
     * @return null if it is dropped: a fragment, or not what the section says
     */
    @Nullable Packet read(ByteBuf datagram) {
        HostPort peer = readPeer;
        int at = datagram.readerIndex();
        int length = readHead.readableBytes();
        if (peer == null
                || datagram.readableBytes() < length
                || !ByteBufUtil.equals(readHead, readHead.readerIndex(), datagram, at, length)) {
            peer = parse(datagram);
            if (peer == null) {
                datagram.release();
                return null;
            }
            length = datagram.readerIndex() - at;
            readHead = Unpooled.copiedBuffer(datagram.slice(at, length));
            readPeer = peer;
        }
        return new Packet(peer, datagram.readerIndex(at + length));
    }

    private static @Nullable HostPort parse(ByteBuf in) {
        int at = in.readerIndex();
        if (in.readableBytes() < HEAD_LENGTH + Socks5Address.HEAD_LENGTH || in.getMedium(at) != 0) {
            return null;
        }
        int length = Socks5Address.length(in, at + HEAD_LENGTH);
        if (length == Socks5Address.UNKNOWN || in.readableBytes() < HEAD_LENGTH + length) {
            return null;
        }
        try {
            HostPort peer = Socks5Address.read(in.skipBytes(HEAD_LENGTH));
            return peer.port() == 0 ? null : peer;
        } catch (IllegalArgumentException e) {
            return null; // The name is none.
        }
    }

    /** Puts a datagram together; the packet is taken over. */
    ByteBuf write(ByteBufAllocator alloc, Packet packet) {
        if (!packet.peer().equals(writtenPeer)) {
            ByteBuf head = Unpooled.buffer().writeMedium(0);
            Socks5Address.write(head, packet.peer());
            writtenHead = head;
            writtenPeer = packet.peer();
        }
        ByteBuf head =
                alloc.directBuffer(writtenHead.readableBytes()).writeBytes(writtenHead, 0, writtenHead.writerIndex());
        CompositeByteBuf all = alloc.compositeDirectBuffer(PARTS);
        return all.addComponent(true, head).addComponent(true, packet.content());
    }
}
