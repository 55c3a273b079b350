package io.hopline.testkit;

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
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * Opens sockets to literal addresses, beneath the outbound under test; takes no name.
 *
 * @param decorate what the outbound under test is handed for each socket; called on the socket's loop
 */
public record Dialer(UnaryOperator<Channel> decorate) implements Outbound {

    /** Hands the sockets over as they are; their buffers are small, so that what is in flight can be bounded. */
    public static Outbound sockets() {
        return new Dialer(UnaryOperator.identity());
    }

    /** Makes the sockets that somebody else opens buffer as little. */
    public static Outbound bounded(Outbound outbound) {
        return (target, session) -> outbound.dial(target, session).addListener((Future<Channel> dialed) -> {
            if (dialed.isSuccess()) {
                dialed.getNow().config().setOption(ChannelOption.SO_RCVBUF, Wire.KERNEL_BUFFER);
                dialed.getNow().config().setOption(ChannelOption.SO_SNDBUF, Wire.KERNEL_BUFFER);
            }
        });
    }

    @Override
    public Future<Channel> dial(HostPort target, Session session) {
        Promise<Channel> promise = session.loop().newPromise();
        if (!target.isLiteral()) {
            promise.setFailure(new DialException(Reason.UNREACHABLE, session.towards(), Step.RESOLVE, "unknown name"));
            return promise;
        }
        Bootstrap bootstrap = new Bootstrap()
                .group(session.loop())
                .channel(Transport.of(session.loop()).socket())
                .option(ChannelOption.SO_RCVBUF, Wire.KERNEL_BUFFER)
                .option(ChannelOption.SO_SNDBUF, Wire.KERNEL_BUFFER)
                .handler(new ChannelInitializer<>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        TcpChannels.prepare(channel);
                    }
                });
        for (Map.Entry<ChannelOption<?>, Object> option : TcpChannels.OPTIONS.entrySet()) {
            option(bootstrap, option.getKey(), option.getValue());
        }
        bootstrap
                .connect(new InetSocketAddress(target.host(), target.port()))
                .addListener((ChannelFuture connected) -> {
                    if (connected.isSuccess()) {
                        Channel channel = decorate.apply(connected.channel());
                        if (!promise.trySuccess(channel)) {
                            channel.close();
                        }
                    } else {
                        promise.tryFailure(new DialException(
                                Reason.REFUSED, session.towards(), Step.CONNECT, "connection refused"));
                    }
                });
        return promise;
    }

    @SuppressWarnings("unchecked") // TcpChannels.OPTIONS pairs each option with a value of its type.
    private static <T> void option(Bootstrap bootstrap, ChannelOption<T> option, Object value) {
        bootstrap.option(option, (T) value);
    }
}
