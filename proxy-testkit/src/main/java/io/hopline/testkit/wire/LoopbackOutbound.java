package io.hopline.testkit.wire;

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
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** Dials the loopback address whatever host is asked for, and remembers what was asked for. */
public final class LoopbackOutbound implements Outbound {

    private final Queue<HostPort> dialed = new ConcurrentLinkedQueue<>();

    /** The targets so far. */
    public Queue<HostPort> dialed() {
        return dialed;
    }

    @Override
    public Future<Channel> dial(HostPort target, Session session) {
        dialed.add(target);
        Bootstrap bootstrap = new Bootstrap()
                .group(session.loop())
                .channel(Transport.of(session.loop()).socket())
                .handler(new ChannelInitializer<>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        TcpChannels.prepare(channel);
                    }
                });
        TcpChannels.OPTIONS.forEach((option, value) -> set(bootstrap, Map.entry(option, value)));
        Promise<Channel> promise = session.loop().newPromise();
        ChannelFuture connected =
                bootstrap.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), target.port()));
        connected.addListener(done -> {
            if (done.isSuccess()) {
                if (!promise.trySuccess(connected.channel())) {
                    connected.channel().close();
                }
            } else {
                promise.tryFailure(
                        new DialException(Reason.REFUSED, session.towards(), Step.CONNECT, "connection refused"));
            }
        });
        return promise;
    }

    @SuppressWarnings("unchecked")
    private static void set(Bootstrap bootstrap, Map.Entry<ChannelOption<?>, Object> option) {
        bootstrap.option((ChannelOption<Object>) option.getKey(), option.getValue());
    }
}
