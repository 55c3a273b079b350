package io.hopline.api.guard;

import io.hopline.api.HostPort;
import io.hopline.api.Packet;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import org.jspecify.annotations.Nullable;

/** Asks the guard for each packet, and drops it if there is anything against its target. */
final class GuardedPackets extends ChannelOutboundHandlerAdapter {

    private final Guard guard;
    private final Way way;
    private @Nullable HostPort lastPeer;
    private boolean allowed;

    GuardedPackets(Guard guard, Way way) {
        this.guard = guard;
        this.way = way;
    }

    @Override
    public void write(ChannelHandlerContext ctx, Object message, ChannelPromise promise) {
        Packet packet = (Packet) message;
        if (!packet.peer().equals(lastPeer)) {
            lastPeer = packet.peer();
            allowed = way.objection(packet.peer(), guard).isEmpty();
        }
        if (allowed) {
            ctx.write(packet, promise);
        } else {
            packet.release();
            promise.trySuccess();
        }
    }
}
