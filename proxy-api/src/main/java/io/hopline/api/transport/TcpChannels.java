package io.hopline.api.transport;

import io.netty.channel.Channel;
import io.netty.channel.ChannelOption;
import java.util.Map;

/** How every TCP channel here is set up, accepted or dialed. */
public final class TcpChannels {

    /** Auto-read off: who takes a channel over asks for its reads. Half-closure on: a peer's FIN ends one direction only. TCP_NODELAY is Netty's default. */
    public static final Map<ChannelOption<?>, Object> OPTIONS =
            Map.of(ChannelOption.AUTO_READ, false, ChannelOption.ALLOW_HALF_CLOSURE, true);

    private TcpChannels() {}

    /** Puts what ends TCP at the bottom of a new channel's pipeline. */
    public static void prepare(Channel channel) {
        channel.pipeline().addFirst(TcpEnd.INSTANCE);
    }
}
