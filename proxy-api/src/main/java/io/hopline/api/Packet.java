package io.hopline.api;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.DefaultByteBufHolder;

/** A datagram on its way: what is written to a channel goes to the peer, what is read from it came from there. */
public final class Packet extends DefaultByteBufHolder {

    private final HostPort peer;

    /** @param content taken over; may be empty */
    public Packet(HostPort peer, ByteBuf content) {
        super(content);
        this.peer = peer;
    }

    /** A target, as a name or an address; a sender is always an address. */
    public HostPort peer() {
        return peer;
    }

    @Override
    public Packet replace(ByteBuf content) {
        return new Packet(peer, content);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Packet packet && peer.equals(packet.peer) && super.equals(other);
    }

    @Override
    public int hashCode() {
        return 31 * super.hashCode() + peer.hashCode();
    }
}
