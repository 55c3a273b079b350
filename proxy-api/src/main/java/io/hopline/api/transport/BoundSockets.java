package io.hopline.api.transport;

import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.Promise;
import java.net.SocketAddress;
import java.util.function.Supplier;

/** Makes and binds sockets of our own. */
final class BoundSockets {

    private BoundSockets() {}

    /**
     * Makes a socket, on the loop, and binds it.
     *
     * @param socket throws where there is none to be had, as where no descriptors are left
     * @return fails for that, too; whatever fails, no socket is left behind
     */
    static Future<Channel> bind(Supplier<? extends Channel> socket, SocketAddress local, EventLoop loop) {
        Channel channel;
        try {
            channel = socket.get();
        } catch (RuntimeException e) {
            return loop.newFailedFuture(e);
        }
        Promise<Channel> result = loop.newPromise();
        ChannelFuture registered = loop.register(channel);
        ChannelFuture bound = registered.isSuccess() ? channel.bind(local) : registered;
        bound.addListener(done -> {
            if (!done.isSuccess()) {
                channel.close();
                result.tryFailure(done.cause());
            } else if (!result.trySuccess(channel)) {
                channel.close();
            }
        });
        return result;
    }
}
