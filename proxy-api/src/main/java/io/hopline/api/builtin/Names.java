package io.hopline.api.builtin;

import io.netty.channel.EventLoop;
import io.netty.channel.socket.SocketProtocolFamily;
import io.netty.util.concurrent.Future;
import java.net.InetAddress;
import java.util.List;

/** Finds the addresses of names that the machine itself doesn't know. */
@FunctionalInterface
interface Names {
    /**
     * Asks for a name's addresses of one family; called on the loop, never blocks.
     *
     * @return completes on the loop with at least one address, or fails; cancelling it stops the lookup
     */
    Future<List<InetAddress>> lookup(String name, SocketProtocolFamily family, EventLoop loop);
}
