package io.hopline.http2;

import io.hopline.api.DialException;
import io.hopline.api.DialException.Reason;
import io.hopline.api.HostPort;
import io.hopline.api.Outbound;
import io.hopline.api.Session;
import io.hopline.api.Step;
import io.hopline.api.transport.TcpChannels;
import io.hopline.api.transport.Transport;
import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.Promise;

/** Opens sockets with small buffers, so that what is in flight can be bounded. */
final class Sockets implements Outbound {

    private static final int KERNEL_BUFFER = 128 * 1024;

    @Override
    public Future<Channel> dial(HostPort target, Session session) {
        Promise<Channel> promise = session.loop().newPromise();
        Bootstrap bootstrap = new Bootstrap()
                .group(session.loop())
                .channel(Transport.of(session.loop()).socket())
                .option(ChannelOption.AUTO_READ, false)
                .option(ChannelOption.ALLOW_HALF_CLOSURE, true)
                .option(ChannelOption.TCP_NODELAY, true)
                .option(ChannelOption.SO_RCVBUF, KERNEL_BUFFER)
                .option(ChannelOption.SO_SNDBUF, KERNEL_BUFFER)
                .handler(new ChannelInitializer<>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        TcpChannels.prepare(channel);
                    }
                });
        bootstrap.connect(target.host(), target.port()).addListener((ChannelFuture connected) -> {
            if (connected.isSuccess()) {
                if (!promise.trySuccess(connected.channel())) {
                    connected.channel().close();
                }
            } else {
                promise.tryFailure(new DialException(
                        Reason.REFUSED,
                        session.towards(),
                        Step.CONNECT,
                        String.valueOf(connected.cause().getMessage())));
            }
        });
        return promise;
    }
}
