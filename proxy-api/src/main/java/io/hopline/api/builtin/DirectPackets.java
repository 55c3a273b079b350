package io.hopline.api.builtin;

import io.hopline.api.HostPort;
import io.hopline.api.Packet;
import io.hopline.api.Session;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.channel.socket.DatagramPacket;
import io.netty.channel.socket.SocketProtocolFamily;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/**
 * Turns packets into datagrams of a socket and back. Hosts that were never written to are strangers, from whom nothing is taken,
 * whatever their port (RFC 4787 section 5, address-dependent filtering).
 */
final class DirectPackets extends ChannelDuplexHandler {
    private static final int MOST_PEERS = 1024;
    /** Over all peers; each may hold on to a buffer of 64 KiB. */
    private static final int MOST_HELD = 8;

    private final Names names;
    private final List<SocketProtocolFamily> families;
    private final Session session;
    private final Map<HostPort, Destination> destinations = new Recent<>(MOST_PEERS, this::forget);
    private final Map<InetAddress, Boolean> writtenTo = new Recent<>(MOST_PEERS, known -> {});
    private int held;
    private @Nullable InetSocketAddress lastSender;
    private @Nullable HostPort lastPeer;

    DirectPackets(Names names, List<SocketProtocolFamily> families, Session session) {
        this.names = names;
        this.families = families;
        this.session = session;
    }

    @Override
    public void write(ChannelHandlerContext ctx, Object message, ChannelPromise promise) {
        Packet packet = (Packet) message;
        Destination to = destination(ctx, packet.peer());
        if (to != null && to.isFound()) {
            send(ctx, packet, to);
        } else if (to != null && held < MOST_HELD) {
            held++;
            to.held().add(packet);
        } else {
            packet.release();
        }
        promise.trySuccess();
    }

    /** Null if there is no room for a packet that would wait for a lookup; an old answer is better than none then. */
    private @Nullable Destination destination(ChannelHandlerContext ctx, HostPort peer) {
        boolean mayLookUp = held < MOST_HELD;
        Destination known = destinations.get(peer);
        if (known != null && !(known.isOld() && mayLookUp)) {
            return known;
        }
        Destination to = new Destination(peer, session);
        boolean here = to.findHere();
        if (!here && !mayLookUp) {
            return null;
        }
        if (known != null) {
            forget(known);
        }
        destinations.put(peer, to);
        if (!here) {
            to.lookUp(names, families, () -> found(ctx, to));
        }
        return to;
    }

    private void found(ChannelHandlerContext ctx, Destination to) {
        held -= to.held().size();
        for (Packet packet = to.held().poll();
                packet != null;
                packet = to.held().poll()) {
            send(ctx, packet, to);
        }
        ctx.flush();
    }

    private void send(ChannelHandlerContext ctx, Packet packet, Destination to) {
        InetSocketAddress address = to.address();
        if (address == null || !ctx.channel().isWritable()) {
            packet.release();
            return;
        }
        writtenTo.put(address.getAddress(), true);
        if (!to.hasOthers()) {
            ctx.write(new DatagramPacket(packet.content(), address), ctx.voidPromise());
            return;
        }
        ctx.write(new DatagramPacket(packet.content().retainedDuplicate(), address))
                .addListener(sent -> {
                    if (sent.isSuccess() || !ctx.channel().isActive()) {
                        packet.release();
                    } else {
                        to.tryNext(address);
                        send(ctx, packet, to);
                        ctx.flush();
                    }
                });
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        DatagramPacket datagram = (DatagramPacket) message;
        InetSocketAddress sender = datagram.sender();
        if (writtenTo.containsKey(sender.getAddress())) {
            ctx.fireChannelRead(new Packet(peer(sender), datagram.content()));
        } else {
            datagram.release();
        }
    }

    private HostPort peer(InetSocketAddress sender) {
        HostPort peer = lastPeer;
        if (peer == null || !sender.equals(lastSender)) {
            peer = HostPort.of(sender);
            lastPeer = peer;
            lastSender = sender;
        }
        return peer;
    }

    /** What a datagram meets on its way is no end of the association. */
    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        // Told by ICMP of a datagram sent before, or of one that is too long.
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext ctx) {
        Queue<Destination> all = new ArrayDeque<>(destinations.values());
        destinations.clear();
        all.forEach(this::forget);
    }

    private void forget(Destination destination) {
        held -= destination.held().size();
        destination.stop();
    }
}
