package io.hopline.bench;

import io.netty.buffer.ByteBuf;
import io.netty.channel.embedded.EmbeddedChannel;
import java.util.Queue;

/** Channels without sockets. */
final class Embedded {

    private Embedded() {}

    /** A channel as an inbound is handed it. */
    static EmbeddedChannel channel() {
        EmbeddedChannel channel = new EmbeddedChannel();
        channel.config().setAutoRead(false);
        return channel;
    }

    /** Takes what was written to the channel; tells how many bytes there were. */
    static int take(EmbeddedChannel channel) {
        int bytes = 0;
        for (ByteBuf part = channel.readOutbound(); part != null; part = channel.readOutbound()) {
            bytes += part.readableBytes();
            part.release();
        }
        return bytes;
    }

    /** Hands what was written to the one channel to the other; tells whether there was anything. */
    static boolean pass(EmbeddedChannel from, EmbeddedChannel to) {
        Queue<Object> written = from.outboundMessages();
        if (written.isEmpty()) {
            return false;
        }
        to.writeInbound(written.toArray());
        written.clear();
        return true;
    }
}
