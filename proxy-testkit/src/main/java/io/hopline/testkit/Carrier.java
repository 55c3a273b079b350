package io.hopline.testkit;

import io.hopline.api.guard.Guard;
import io.hopline.api.relay.Relay;
import io.netty.channel.Channel;

/** What a protocol runs over: each suite runs once over every one, since a hop may stand on a socket or on another hop's stream. */
public enum Carrier {
    /** TCP itself. */
    SOCKET {
        @Override
        Channel over(Channel socket) {
            return socket;
        }
    },
    /** A stream inside something else, as those of SPDY and HTTP/2: it has no {@code connect()} and no address. */
    STREAM {
        @Override
        Channel over(Channel socket) {
            PipeChannel[] ends = PipeChannel.pair(socket.eventLoop());
            Relay.join(ends[1], socket, Guard.NONE, ended -> {});
            return ends[0];
        }
    };

    /** The channel that the protocol is handed for a socket; on the socket's loop. */
    abstract Channel over(Channel socket);
}
